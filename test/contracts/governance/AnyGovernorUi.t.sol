// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {House} from "../kit/House.sol";

/// @dev Drives a proposal from beginning to end through the standard interfaces alone, as a UI does that knows
/// OpenZeppelin's governor and nothing of Tallyhouse.
contract AnyGovernorUiTest is House {
    bytes32 private constant VOTE_CAST = keccak256("VoteCast(address,uint256,uint8,uint256,string)");

    IGovernor private standard;
    IVotes private votes;

    function setUp() public override {
        super.setUp();
        standard = IGovernor(address(governor));
        votes = IVotes(address(token));
    }

    function test_saysHowItCountsTimeAndVotes() public view {
        assertEq(standard.CLOCK_MODE(), "mode=timestamp");
        assertEq(IERC6372(address(votes)).CLOCK_MODE(), standard.CLOCK_MODE());
        assertEq(standard.COUNTING_MODE(), "support=bravo,override&quorum=for,abstain&overridable=true");
        assertTrue(IERC165(address(standard)).supportsInterface(type(IGovernor).interfaceId), "says so by ERC-165");
        assertEq(standard.version(), "1");
        assertEq(uint256(standard.clock()), block.timestamp);
    }

    function test_runsAProposalFromBeginningToEnd() public {
        Proposal memory proposal = activationOf(proposeVersion("next"));
        bytes32 described = keccak256(bytes(proposal.description));
        assertAtMost(standard.proposalThreshold(), standard.getVotes(alice, START));
        vm.prank(alice);
        uint256 id = standard.propose(proposal.targets, proposal.values, proposal.calls, proposal.description);
        assertEq(id, standard.hashProposal(proposal.targets, proposal.values, proposal.calls, described));
        assertEq(standard.proposalProposer(id), alice);
        assertEq(standard.proposalSnapshot(id), block.timestamp + standard.votingDelay());
        assertEq(standard.proposalDeadline(id), standard.proposalSnapshot(id) + standard.votingPeriod());
        vm.warp(standard.proposalSnapshot(id) + 1);
        vm.recordLogs();
        vm.prank(alice);
        assertEq(standard.castVoteWithReason(id, 1, "worth it"), votes.getPastVotes(alice, standard.proposalSnapshot(id)));
        assertEq(vm.getRecordedLogs()[0].topics[0], VOTE_CAST);
        assertTrue(standard.hasVoted(id, alice), "remembered");
        assertAtMost(standard.quorum(standard.proposalSnapshot(id)), 500 ether);
        vm.warp(standard.proposalDeadline(id) + 1);
        assertEq(uint256(standard.state(id)), uint256(IGovernor.ProposalState.Succeeded));
        standard.queue(proposal.targets, proposal.values, proposal.calls, described);
        vm.warp(standard.proposalEta(id));
        standard.execute(proposal.targets, proposal.values, proposal.calls, described);
        assertEq(uint256(standard.state(id)), uint256(IGovernor.ProposalState.Executed));
    }
}
