// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {
    GovernorCountingOverridable
} from "@openzeppelin/contracts/governance/extensions/GovernorCountingOverridable.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {
    GovernorVotesQuorumFraction
} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {VotesExtended} from "@openzeppelin/contracts/governance/utils/VotesExtended.sol";

/// @title Proposals on models and parameters
/// @notice Members vote for, against or abstain; what passes waits in the timelock and is then executed by anyone.
/// A member who delegated may vote on one proposal with the tokens that they hold, whatever their delegate says.
/// Until {guardianSunset} a guardian may cancel a proposal; it can neither propose, vote, queue nor execute.
/// Ending a description with `#proposer=0x...` keeps anyone else from submitting the same proposal first.
/// @dev Overrides only join the OpenZeppelin extensions; all durations are seconds, as the token's clock is.
contract TallyGovernor is
    Governor,
    GovernorSettings,
    GovernorCountingOverridable,
    GovernorVotesQuorumFraction,
    GovernorTimelockControl,
    GovernorPreventLateQuorum,
    GovernorProposalGuardian
{
    /// @notice Unix second from which there is no guardian any more, whoever is named; nothing can move it.
    uint48 public immutable guardianSunset;

    /// @dev Read together by every ballot, so they share a word: a copy of {GovernorPreventLateQuorum}'s extension, and
    /// the latest deadline that any vote was ever extended to.
    uint48 private _voteExtension;
    uint48 private _latestExtendedDeadline;

    /// @notice Sets the rules; later changes are proposals like any other.
    /// @param token Votes, with the past delegates and balances that an override looks up.
    /// @param timelock Executor of what passes.
    /// @param votingDelay_ Seconds between proposal and snapshot.
    /// @param votingPeriod_ Seconds a vote stays open.
    /// @param proposalThreshold_ Votes that a proposer needs.
    /// @param quorumNumerator_ Percent of the supply that must take part.
    /// @param lateQuorumExtension_ Seconds a vote stays open after quorum is reached, at least.
    /// @param guardian May cancel proposals until the sunset; the zero address for none.
    /// @param guardianSunset_ Unix second at which the guardian's right ends.
    constructor(
        VotesExtended token,
        TimelockController timelock,
        uint48 votingDelay_,
        uint32 votingPeriod_,
        uint256 proposalThreshold_,
        uint256 quorumNumerator_,
        uint48 lateQuorumExtension_,
        address guardian,
        uint48 guardianSunset_
    )
        Governor("TallyGovernor")
        GovernorSettings(votingDelay_, votingPeriod_, proposalThreshold_)
        GovernorVotes(token)
        GovernorVotesQuorumFraction(quorumNumerator_)
        GovernorTimelockControl(timelock)
        GovernorPreventLateQuorum(lateQuorumExtension_)
    {
        guardianSunset = guardianSunset_;
        _setProposalGuardian(guardian);
    }

    /// @notice Who may cancel a proposal at any time before it is executed.
    /// @return The guardian, or the zero address when none is named or its time is over; then a proposer may cancel.
    function proposalGuardian() public view override returns (address) {
        return clock() < guardianSunset ? super.proposalGuardian() : address(0);
    }

    /// @notice The clock of proposals: unix seconds, as the token's is (ERC-6372).
    /// @return Seconds of the current block.
    function clock() public view override(Governor, GovernorVotes) returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice How to read {clock} (ERC-6372).
    /// @return The machine-readable mode.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override(Governor, GovernorVotes) returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc Governor
    function state(
        uint256 proposalId
    ) public view override(Governor, GovernorTimelockControl) returns (ProposalState) {
        return super.state(proposalId);
    }

    /// @inheritdoc Governor
    function proposalNeedsQueuing(
        uint256 proposalId
    ) public view override(Governor, GovernorTimelockControl) returns (bool) {
        return super.proposalNeedsQueuing(proposalId);
    }

    /// @inheritdoc Governor
    /// @dev No vote was extended beyond the latest of the extended deadlines: one that ends later by itself is not looked up.
    function proposalDeadline(
        uint256 proposalId
    ) public view override(Governor, GovernorPreventLateQuorum) returns (uint256) {
        uint256 deadline = Governor.proposalDeadline(proposalId);
        return deadline < _latestExtendedDeadline ? super.proposalDeadline(proposalId) : deadline;
    }

    /// @inheritdoc GovernorPreventLateQuorum
    function lateQuorumVoteExtension() public view override returns (uint48) {
        return _voteExtension;
    }

    /// @inheritdoc Governor
    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    /// @dev {GovernorPreventLateQuorum} asks for the quorum at every ballot, which costs each voter some 16,000 gas. Here
    /// it is asked for only by a ballot that could extend the vote, and before that ballot is counted.
    function _castVote(
        uint256 proposalId,
        address account,
        uint8 support,
        string memory reason,
        bytes memory params
    ) internal override returns (uint256 weight) {
        bool mayExtend = _wouldExtend(proposalId);
        weight = super._castVote(proposalId, account, support, reason, params);
        if (mayExtend) _extendIfReached(proposalId);
    }

    function _castOverride(
        uint256 proposalId,
        address account,
        uint8 support,
        string calldata reason
    ) internal override returns (uint256 weight) {
        bool mayExtend = _wouldExtend(proposalId);
        weight = super._castOverride(proposalId, account, support, reason);
        if (mayExtend) _extendIfReached(proposalId);
    }

    /// @dev Nothing here: {_castVote} and {_castOverride} call the guard's own, where it matters.
    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {}

    /// @dev Whether the quorum is still missing and, reached now, would keep the vote open for longer.
    function _wouldExtend(uint256 proposalId) private view returns (bool) {
        return clock() + _voteExtension > proposalDeadline(proposalId) && !_quorumReached(proposalId);
    }

    function _extendIfReached(uint256 proposalId) private {
        super._tallyUpdated(proposalId);
        uint256 deadline = super.proposalDeadline(proposalId);
        bool extended = deadline > Governor.proposalDeadline(proposalId);
        if (extended && deadline > _latestExtendedDeadline) _latestExtendedDeadline = uint48(deadline);
    }

    function _setLateQuorumVoteExtension(uint48 newVoteExtension) internal override {
        super._setLateQuorumVoteExtension(newVoteExtension);
        _voteExtension = newVoteExtension;
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _validateCancel(
        uint256 proposalId,
        address caller
    ) internal view override(Governor, GovernorProposalGuardian) returns (bool) {
        return super._validateCancel(proposalId, caller);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }
}
