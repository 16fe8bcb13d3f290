// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PartnerRegistry} from "../registry/PartnerRegistry.sol";

/// @title Recalls, and what came back
/// @notice A recall fixes at a block what was sought (a hash of its criteria) and what was affected (a Merkle root of the
/// items), so that neither can be changed quietly afterwards. Partners answer with what they recovered. Nobody
/// administers this contract.
contract RecallNotice {
    struct Notice {
        address opener;
        uint64 openedAt;
        bool closed;
    }

    PartnerRegistry private immutable _registry;
    mapping(bytes32 id => Notice) private _notices;

    /// @notice A recall was opened. `affectedCount` is the number of leaves under `affectedRoot`.
    event RecallOpened(
        bytes32 indexed id,
        address indexed opener,
        bytes32 criteriaHash,
        bytes32 affectedRoot,
        uint32 affectedCount,
        string uri
    );

    /// @notice A partner has seen the recall and holds `recovered` in all so far; a later word replaces an earlier one.
    event RecallAcknowledged(bytes32 indexed id, address indexed partner, uint128 recovered);

    /// @notice The opener ended the recall; nothing can be added to it.
    event RecallClosed(bytes32 indexed id, address indexed opener, string outcome);

    /// @notice The registry must be a contract.
    error ZeroRegistry();
    /// @notice The account does not speak for the partner now.
    error NotSubmitter(address partner, address submitter);
    /// @notice A recall needs criteria and an affected set.
    error EmptyRecall();
    /// @notice The partner opened this very recall before.
    error RecallExists(bytes32 id);
    /// @notice No such recall.
    error UnknownRecall(bytes32 id);
    /// @notice The recall has ended.
    error RecallEnded(bytes32 id);
    /// @notice Only the opener closes a recall.
    error NotOpener(bytes32 id, address opener);

    /// @notice Ties the contract to one registry for good.
    /// @param registry_ Who may speak for whom.
    constructor(PartnerRegistry registry_) {
        if (address(registry_).code.length == 0) revert ZeroRegistry();
        _registry = registry_;
    }

    /// @notice Opens a recall.
    /// @param partner The opener; the caller speaks for it now.
    /// @param criteriaHash Hash of what is sought.
    /// @param affectedRoot Merkle root over the affected items.
    /// @param affectedCount Number of affected items; not zero.
    /// @param uri Where criteria and items may be fetched; may be empty.
    /// @return id What the recall is called from now on; {recallId} gives it beforehand.
    function open(
        address partner,
        bytes32 criteriaHash,
        bytes32 affectedRoot,
        uint32 affectedCount,
        string calldata uri
    ) external returns (bytes32 id) {
        _checkSubmitter(partner);
        if (criteriaHash == 0 || affectedRoot == 0 || affectedCount == 0) revert EmptyRecall();
        id = recallId(partner, criteriaHash, affectedRoot);
        Notice storage notice = _notices[id];
        if (notice.openedAt != 0) revert RecallExists(id);
        (notice.opener, notice.openedAt) = (partner, uint64(block.timestamp));
        emit RecallOpened(id, partner, criteriaHash, affectedRoot, affectedCount, uri);
    }

    /// @notice Says that a partner has seen a recall, and how much it has recovered so far.
    /// @param partner Who answers; the caller speaks for it now.
    /// @param id The recall.
    /// @param recovered In all so far, in thousandths of the unit that the recall counts in.
    function acknowledge(address partner, bytes32 id, uint128 recovered) external {
        _checkSubmitter(partner);
        _checkOpen(id);
        emit RecallAcknowledged(id, partner, recovered);
    }

    /// @notice Ends a recall.
    /// @param partner The opener; the caller speaks for it now.
    /// @param id The recall.
    /// @param outcome What came of it; may be empty.
    function close(address partner, bytes32 id, string calldata outcome) external {
        _checkSubmitter(partner);
        Notice storage notice = _checkOpen(id);
        if (notice.opener != partner) revert NotOpener(id, notice.opener);
        notice.closed = true;
        emit RecallClosed(id, partner, outcome);
    }

    /// @notice The registry that says who may speak for whom.
    /// @return Its address.
    function registry() external view returns (PartnerRegistry) {
        return _registry;
    }

    /// @notice How a recall stands.
    /// @param id The recall.
    /// @return opener Who opened it; zero when there is none.
    /// @return openedAt Unix seconds of the block that opened it.
    /// @return closed Whether it has ended.
    function noticeOf(bytes32 id) external view returns (address opener, uint64 openedAt, bool closed) {
        Notice storage notice = _notices[id];
        return (notice.opener, notice.openedAt, notice.closed);
    }

    /// @notice What a recall is called.
    /// @param partner Its opener.
    /// @param criteriaHash Hash of what is sought.
    /// @param affectedRoot Merkle root over the affected items.
    /// @return The keccak256 of the three, ABI-encoded.
    function recallId(address partner, bytes32 criteriaHash, bytes32 affectedRoot) public pure returns (bytes32) {
        return keccak256(abi.encode(partner, criteriaHash, affectedRoot));
    }

    function _checkOpen(bytes32 id) private view returns (Notice storage notice) {
        notice = _notices[id];
        if (notice.openedAt == 0) revert UnknownRecall(id);
        if (notice.closed) revert RecallEnded(id);
    }

    function _checkSubmitter(address partner) private view {
        if (!_registry.isSubmitter(partner, msg.sender, uint64(block.timestamp))) {
            revert NotSubmitter(partner, msg.sender);
        }
    }
}
