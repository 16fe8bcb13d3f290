// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {House} from "../kit/House.sol";

contract GuardianTest is House {
    Proposal private activation;

    function setUp() public override {
        super.setUp();
        activation = activationOf(proposeVersion("next"));
    }

    function cancel(address caller, Proposal memory proposal) private {
        vm.prank(caller);
        governor.cancel(proposal.targets, proposal.values, proposal.calls, keccak256(bytes(proposal.description)));
    }

    function assertCanceled(uint256 id) private view {
        assertEq(uint256(governor.state(id)), uint256(IGovernor.ProposalState.Canceled));
    }

    function expectRefused(uint256 id, address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, id, caller));
    }

    function test_theGuardianCancelsAnOpenVote() public {
        Proposal memory proposal = activation;
        uint256 id = propose(alice, proposal);
        openVoting(id);
        vote(alice, id, 1);
        expectRefused(id, bob);
        cancel(bob, proposal);
        cancel(guardian, proposal);
        assertCanceled(id);
    }

    function test_theGuardianCancelsWhatWaitsInTheTimelock() public {
        Proposal memory proposal = activation;
        uint256 id = propose(alice, proposal);
        openVoting(id);
        vote(alice, id, 1);
        closeVoting(id);
        queue(proposal);
        cancel(guardian, proposal);
        assertCanceled(id);
        vm.warp(block.timestamp + TIMELOCK_DELAY);
        vm.expectRevert();
        execute(proposal);
        assertEq(models.activeVersion(FAMILY), genesis);
    }

    function test_theGuardianEndsWithTheSunset() public {
        vm.warp(GUARDIAN_SUNSET - 1);
        assertEq(governor.proposalGuardian(), guardian);
        vm.warp(GUARDIAN_SUNSET);
        assertEq(governor.proposalGuardian(), address(0));
        Proposal memory proposal = activation;
        uint256 id = propose(alice, proposal);
        openVoting(id);
        expectRefused(id, guardian);
        cancel(guardian, proposal);
        cancel(alice, proposal);
        assertCanceled(id);
    }

    function test_onlyAVoteNamesAnotherGuardian() public {
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, guardian));
        governor.setProposalGuardian(bob);
        pass(address(governor), abi.encodeCall(governor.setProposalGuardian, (carol)));
        assertEq(governor.proposalGuardian(), carol);
        vm.warp(GUARDIAN_SUNSET);
        assertEq(governor.proposalGuardian(), address(0));
    }

    function test_theGuardianActivatesNothing() public {
        Proposal memory proposal = activation;
        vm.prank(guardian);
        vm.expectRevert(
            abi.encodeWithSelector(IGovernor.GovernorInsufficientProposerVotes.selector, guardian, 0, THRESHOLD)
        );
        governor.propose(proposal.targets, proposal.values, proposal.calls, proposal.description);
        expectMissingRole(guardian, 0);
        vm.prank(guardian);
        models.grantRole(0, guardian);
    }
}
