// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

/// @title Forecasts, fixed before the outcome
/// @notice A commitment names a root over forecasts and the start of the first period forecast; it is refused once
/// that period has begun, so a track record cannot be written afterwards.
contract ForecastLedger is AccessControl {
    /// @notice May commit forecasts.
    bytes32 public constant COMMITTER_ROLE = keccak256("COMMITTER_ROLE");

    /// @notice What is known of a commitment.
    struct Commitment {
        bytes32 versionId;
        uint64 committedAt;
        uint64 asOf;
        uint64 firstTarget;
        uint32 count;
    }

    mapping(bytes32 root => Commitment) private _commitments;

    /// @notice Forecasts were fixed.
    event ForecastCommitted(
        bytes32 indexed family,
        bytes32 indexed versionId,
        bytes32 indexed root,
        uint64 asOf,
        uint64 firstTarget,
        uint32 count,
        address committer
    );

    /// @notice The administrator must be an account.
    error ZeroAdmin();
    /// @notice A commitment needs a family, a version and a root.
    error ZeroHash();
    /// @notice A commitment needs at least one forecast.
    error EmptyCommitment();
    /// @notice The first period forecast has begun.
    error TooLate(uint64 firstTarget, uint256 blockTimestamp);
    /// @notice Forecasts cannot rest on data later than the first period they forecast.
    error AsOfAfterTarget(uint64 asOf, uint64 firstTarget);
    /// @notice The root was committed before.
    error RootCommitted(bytes32 root);

    /// @notice Makes one account the administrator.
    /// @param admin The timelock, or a deployer that hands over to it.
    constructor(address admin) {
        if (admin == address(0)) revert ZeroAdmin();
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
    }

    /// @notice Fixes forecasts.
    /// @param family Model family.
    /// @param versionId Model version that made them.
    /// @param asOf Unix seconds of the latest data they rest on.
    /// @param firstTarget Unix seconds at which the first period forecast begins; later than this block.
    /// @param root Merkle root over the forecasts, never committed before.
    /// @param count Number of forecasts.
    function commit(
        bytes32 family,
        bytes32 versionId,
        uint64 asOf,
        uint64 firstTarget,
        bytes32 root,
        uint32 count
    ) external onlyRole(COMMITTER_ROLE) {
        if (family == 0 || versionId == 0 || root == 0) revert ZeroHash();
        if (count == 0) revert EmptyCommitment();
        if (block.timestamp >= firstTarget) revert TooLate(firstTarget, block.timestamp);
        if (asOf > firstTarget) revert AsOfAfterTarget(asOf, firstTarget);
        if (_commitments[root].committedAt != 0) revert RootCommitted(root);
        _commitments[root] = Commitment(versionId, uint64(block.timestamp), asOf, firstTarget, count);
        emit ForecastCommitted(family, versionId, root, asOf, firstTarget, count, msg.sender);
    }

    /// @notice When a root was committed.
    /// @param root The root.
    /// @return Unix seconds of the block, zero when it never was.
    function committedAt(bytes32 root) external view returns (uint64) {
        return _commitments[root].committedAt;
    }

    /// @notice What is known of a commitment.
    /// @param root The root.
    /// @return The record; all zero when the root is unknown.
    function commitment(bytes32 root) external view returns (Commitment memory) {
        return _commitments[root];
    }
}
