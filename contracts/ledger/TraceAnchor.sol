// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {PartnerRegistry} from "../registry/PartnerRegistry.sol";

/// @title Batches of events, fixed in order
/// @notice A partner's batches form a chain of heads, so that one that is missing or out of order shows. A root says
/// that its events existed, in that form, at that block. Nobody administers this contract.
contract TraceAnchor is EIP712, Nonces {
    /// @notice EIP-712 type of {anchorBySig}.
    bytes32 public constant ANCHOR_TYPEHASH =
        keccak256(
            "Anchor(address partner,bytes32 root,uint32 count,bytes32 prevHead,bytes32 schemaId,string uri,address submitter,uint256 nonce,uint256 deadline)"
        );

    struct Chain {
        bytes32 head;
        uint64 seq;
    }

    struct Batch {
        uint64 anchoredAt;
        uint32 count;
    }

    PartnerRegistry private immutable _registry;
    mapping(address partner => Chain) private _chains;
    mapping(address partner => mapping(bytes32 root => Batch)) private _batches;

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

    /// @notice A partner declared an anchored event to be in error; the event itself stays.
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
    /// @notice The partner anchored this root before.
    error RootAnchored(bytes32 root);
    /// @notice The signature came too late.
    error SignatureExpired(uint256 deadline);
    /// @notice The signature is not the submitter's for this batch and the submitter's next nonce.
    error InvalidSignature(address submitter);
    /// @notice The partner never anchored this root.
    error UnknownRoot(bytes32 root);
    /// @notice The batch has fewer events than that.
    error IndexOutOfRange(uint32 index, uint32 count);
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
    /// @param signature Over {ANCHOR_TYPEHASH} with the submitter's next nonce.
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
                _useNonce(submitter),
                deadline
            )
        );
        if (!SignatureChecker.isValidSignatureNow(submitter, _hashTypedDataV4(structHash), signature)) {
            revert InvalidSignature(submitter);
        }
        _anchor(partner, root, count, prevHead, schemaId, uri, submitter);
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
        Batch storage batch = _batches[partner][root];
        if (batch.anchoredAt == 0) revert UnknownRoot(root);
        if (index >= batch.count) revert IndexOutOfRange(index, batch.count);
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

    /// @notice When a partner anchored a root.
    /// @param partner The partner.
    /// @param root The root.
    /// @return Unix seconds of the block, zero when it never did.
    function anchoredAt(address partner, bytes32 root) external view returns (uint64) {
        return _batches[partner][root].anchoredAt;
    }

    /// @notice Whether a leaf is in a root that a partner anchored. The caller makes the leaf from the event itself:
    /// a leaf taken on trust could be an inner node of the tree.
    /// @param partner The partner.
    /// @param root The root.
    /// @param leaf The leaf.
    /// @param proof Merkle proof of the leaf.
    /// @return True when the root was anchored and the proof leads to it.
    function verifyLeaf(
        address partner,
        bytes32 root,
        bytes32 leaf,
        bytes32[] calldata proof
    ) external view returns (bool) {
        return _batches[partner][root].anchoredAt != 0 && MerkleProof.verifyCalldata(proof, root, leaf);
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
        Batch storage batch = _batches[partner][root];
        if (batch.anchoredAt != 0) revert RootAnchored(root);
        uint64 seq_ = chain.seq + 1;
        bytes32 head_ = keccak256(abi.encode(prevHead, root, count, schemaId, seq_));
        chain.head = head_;
        chain.seq = seq_;
        batch.anchoredAt = uint64(block.timestamp);
        batch.count = count;
        emit Anchored(partner, root, seq_, count, prevHead, head_, schemaId, submitter, uri);
    }

    function _checkSubmitter(address partner, address submitter) private view {
        if (!_registry.isSubmitter(partner, submitter, uint64(block.timestamp))) {
            revert NotSubmitter(partner, submitter);
        }
    }
}
