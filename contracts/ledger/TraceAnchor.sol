// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {PartnerRegistry} from "../registry/PartnerRegistry.sol";

/// @title Batches of events, fixed in order
/// @notice A partner's batches form a chain of heads, so that one that is missing or out of order shows. A root says
/// that its events existed, in that form, at that block. Only the head is kept in storage, since it commits to every
/// batch; the rest stands in the log. Nobody administers this contract.
contract TraceAnchor is EIP712 {
    /// @notice EIP-712 type of {anchorBySig}. It needs no nonce: the head that a signature names passes once.
    bytes32 public constant ANCHOR_TYPEHASH =
        keccak256(
            "Anchor(address partner,bytes32 root,uint32 count,bytes32 prevHead,bytes32 schemaId,string uri,address submitter,uint256 deadline)"
        );

    /// @notice EIP-712 type of {anchorWithPayloadBySig}: who signs it agrees that the events become public.
    bytes32 public constant ANCHOR_WITH_PAYLOAD_TYPEHASH =
        keccak256(
            "AnchorWithPayload(address partner,bytes32 root,uint32 count,bytes32 prevHead,bytes32 schemaId,string uri,bytes payload,address submitter,uint256 deadline)"
        );

    struct Chain {
        bytes32 head;
        uint64 seq;
    }

    /// @notice A batch to be anchored, as {anchor} takes it.
    struct Batch {
        address partner;
        bytes32 root;
        uint32 count;
        bytes32 prevHead;
        bytes32 schemaId;
        string uri;
    }

    /// @notice What a batch adds to a partner's chain of heads.
    struct Link {
        bytes32 root;
        uint32 count;
        bytes32 schemaId;
    }

    PartnerRegistry private immutable _registry;
    mapping(address partner => Chain) private _chains;

    /// @notice A batch was anchored; `head` commits to it and to every batch before it.
    event Anchored(
        address indexed partner,
        bytes32 indexed root,
        uint64 indexed seq,
        uint32 count,
        bytes32 prevHead,
        bytes32 head,
        bytes32 schemaId,
        address submitter,
        string uri
    );

    /// @notice The events of a batch themselves, so that an index can be rebuilt from the chain alone. Not checked here:
    /// a reader makes the leaves from the payload and holds them to the root.
    event PayloadCarried(address indexed partner, bytes32 indexed root, uint64 indexed seq, bytes payload);

    /// @notice A partner declared an event to be in error; the event itself stays. The declaration means nothing where
    /// the partner never anchored the root: readers join the two. `index` is the declarer's word.
    event ErrorDeclared(
        address indexed partner,
        bytes32 indexed root,
        bytes32 indexed leaf,
        uint32 index,
        string reason,
        address submitter
    );

    /// @notice The registry must be a contract.
    error ZeroRegistry();
    /// @notice The account does not speak for the partner now.
    error NotSubmitter(address partner, address submitter);
    /// @notice A batch needs a root.
    error ZeroRoot();
    /// @notice A batch needs at least one event.
    error EmptyBatch();
    /// @notice The batch does not follow the partner's latest one; take the expected head and try again.
    error PrevHeadMismatch(bytes32 expected, bytes32 given);
    /// @notice The signature came too late.
    error SignatureExpired(uint256 deadline);
    /// @notice The signature is not the submitter's for this batch.
    error InvalidSignature(address submitter);
    /// @notice A payload of no bytes; anchor without one instead.
    error EmptyPayload();
    /// @notice The proof does not lead from the leaf to the root.
    error InvalidProof();

    /// @notice Ties the log to one registry for good.
    /// @param registry_ Who may speak for whom.
    constructor(PartnerRegistry registry_) EIP712("TraceAnchor", "1") {
        if (address(registry_).code.length == 0) revert ZeroRegistry();
        _registry = registry_;
    }

    /// @notice Anchors the caller's batch for a partner.
    /// @param partner The partner.
    /// @param root Merkle root of the batch.
    /// @param count Number of events in it.
    /// @param prevHead The partner's head, as {head} gives it; zero for the first batch.
    /// @param schemaId How leaves are made.
    /// @param uri Where the batch may be fetched; may be empty.
    function anchor(
        address partner,
        bytes32 root,
        uint32 count,
        bytes32 prevHead,
        bytes32 schemaId,
        string calldata uri
    ) external {
        _anchor(partner, root, count, prevHead, schemaId, uri, msg.sender);
    }

    /// @notice Anchors a batch that a submitter signed (EIP-712, also ERC-1271 wallets); the caller pays.
    /// @param partner The partner.
    /// @param root Merkle root of the batch.
    /// @param count Number of events in it.
    /// @param prevHead The partner's head.
    /// @param schemaId How leaves are made.
    /// @param uri Where the batch may be fetched.
    /// @param submitter The signer.
    /// @param deadline Last second the signature may be used.
    /// @param signature Over {ANCHOR_TYPEHASH}.
    function anchorBySig(
        address partner,
        bytes32 root,
        uint32 count,
        bytes32 prevHead,
        bytes32 schemaId,
        string calldata uri,
        address submitter,
        uint256 deadline,
        bytes calldata signature
    ) external {
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        bytes32 structHash = keccak256(
            abi.encode(
                ANCHOR_TYPEHASH,
                partner,
                root,
                count,
                prevHead,
                schemaId,
                keccak256(bytes(uri)),
                submitter,
                deadline
            )
        );
        _checkSignature(submitter, structHash, signature);
        _anchor(partner, root, count, prevHead, schemaId, uri, submitter);
    }

    /// @notice Anchors the caller's batch and puts its events on chain beside it, for everybody to read.
    /// @param batch The batch, as {anchor} takes it.
    /// @param payload Its events, compressed; see docs/verification.md.
    function anchorWithPayload(Batch calldata batch, bytes calldata payload) external {
        _anchorWithPayload(batch, payload, msg.sender);
    }

    /// @notice As {anchorWithPayload}, for a submitter who signed batch and payload; the caller pays.
    /// @param batch The batch, as {anchorBySig} takes it.
    /// @param payload Its events, compressed.
    /// @param submitter The signer.
    /// @param deadline Last second the signature may be used.
    /// @param signature Over {ANCHOR_WITH_PAYLOAD_TYPEHASH}.
    function anchorWithPayloadBySig(
        Batch calldata batch,
        bytes calldata payload,
        address submitter,
        uint256 deadline,
        bytes calldata signature
    ) external {
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        bytes32 structHash = keccak256(
            abi.encode(
                ANCHOR_WITH_PAYLOAD_TYPEHASH,
                batch.partner,
                batch.root,
                batch.count,
                batch.prevHead,
                batch.schemaId,
                keccak256(bytes(batch.uri)),
                keccak256(payload),
                submitter,
                deadline
            )
        );
        _checkSignature(submitter, structHash, signature);
        _anchorWithPayload(batch, payload, submitter);
    }

    /// @notice Declares an anchored event to be in error. Nothing is deleted: readers weigh the declaration.
    /// @param partner The partner; the caller speaks for it now.
    /// @param root The root it anchored.
    /// @param index Position of the event in the batch.
    /// @param leaf The event's leaf.
    /// @param proof Merkle proof of the leaf.
    /// @param reason Why.
    function declareError(
        address partner,
        bytes32 root,
        uint32 index,
        bytes32 leaf,
        bytes32[] calldata proof,
        string calldata reason
    ) external {
        _checkSubmitter(partner, msg.sender);
        if (!MerkleProof.verifyCalldata(proof, root, leaf)) revert InvalidProof();
        emit ErrorDeclared(partner, root, leaf, index, reason, msg.sender);
    }

    /// @notice The registry that says who may speak for whom.
    /// @return Its address.
    function registry() external view returns (PartnerRegistry) {
        return _registry;
    }

    /// @notice The head that a partner's next batch must name.
    /// @param partner The partner.
    /// @return Zero before its first batch.
    function head(address partner) external view returns (bytes32) {
        return _chains[partner].head;
    }

    /// @notice How many batches a partner anchored.
    /// @param partner The partner.
    /// @return The number of its latest batch; the first is 1.
    function seq(address partner) external view returns (uint64) {
        return _chains[partner].seq;
    }

    /// @notice Whether a leaf is in a batch that a partner anchored: the batch and all that came after it must lead to
    /// the partner's head. The caller makes the leaf from the event itself: a leaf taken on trust could be an inner
    /// node of the tree.
    /// @param partner The partner.
    /// @param prevHead The head before the batch.
    /// @param seqBefore The number of the batch before it; zero before the first.
    /// @param links The batch, then every later one in order, as the log has them.
    /// @param leaf The leaf.
    /// @param proof Merkle proof of the leaf to the root of the first link.
    /// @return True when the links end at the partner's head and the proof leads to the root.
    function verifyLeaf(
        address partner,
        bytes32 prevHead,
        uint64 seqBefore,
        Link[] calldata links,
        bytes32 leaf,
        bytes32[] calldata proof
    ) external view returns (bool) {
        if (links.length == 0 || !MerkleProof.verifyCalldata(proof, links[0].root, leaf)) return false;
        bytes32 head_ = prevHead;
        uint64 seq_ = seqBefore;
        for (uint256 i = 0; i < links.length; ++i) {
            head_ = _follow(head_, links[i].root, links[i].count, links[i].schemaId, ++seq_);
        }
        return head_ == _chains[partner].head && seq_ == _chains[partner].seq;
    }

    /// @notice What a signature of {anchorBySig} is bound to: this contract on this chain.
    /// @return The EIP-712 domain separator.
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function _anchor(
        address partner,
        bytes32 root,
        uint32 count,
        bytes32 prevHead,
        bytes32 schemaId,
        string calldata uri,
        address submitter
    ) private {
        _checkSubmitter(partner, submitter);
        if (root == 0) revert ZeroRoot();
        if (count == 0) revert EmptyBatch();
        Chain storage chain = _chains[partner];
        if (chain.head != prevHead) revert PrevHeadMismatch(chain.head, prevHead);
        uint64 seq_ = chain.seq + 1;
        bytes32 head_ = _follow(prevHead, root, count, schemaId, seq_);
        chain.head = head_;
        chain.seq = seq_;
        emit Anchored(partner, root, seq_, count, prevHead, head_, schemaId, submitter, uri);
    }

    function _anchorWithPayload(Batch calldata batch, bytes calldata payload, address submitter) private {
        if (payload.length == 0) revert EmptyPayload();
        _anchor(batch.partner, batch.root, batch.count, batch.prevHead, batch.schemaId, batch.uri, submitter);
        emit PayloadCarried(batch.partner, batch.root, _chains[batch.partner].seq, payload);
    }

    function _checkSignature(address submitter, bytes32 structHash, bytes calldata signature) private view {
        if (!SignatureChecker.isValidSignatureNow(submitter, _hashTypedDataV4(structHash), signature)) {
            revert InvalidSignature(submitter);
        }
    }

    /// @dev The head after a batch.
    function _follow(
        bytes32 prevHead,
        bytes32 root,
        uint32 count,
        bytes32 schemaId,
        uint64 seq_
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(prevHead, root, count, schemaId, seq_));
    }

    function _checkSubmitter(address partner, address submitter) private view {
        if (!_registry.isSubmitter(partner, submitter, uint64(block.timestamp))) {
            revert NotSubmitter(partner, submitter);
        }
    }
}
