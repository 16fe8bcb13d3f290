// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {ModelRegistry} from "../../../contracts/registry/ModelRegistry.sol";
import {House} from "../kit/House.sol";

contract TallyGovernorTest is House {
    bytes32 private next;
    Proposal private activation;

    function setUp() public override {
        super.setUp();
        next = proposeVersion("next");
        activation = activationOf(next);
    }

    function assertState(uint256 id, IGovernor.ProposalState expected) private view {
        assertEq(uint256(governor.state(id)), uint256(expected));
    }

    function test_beginsWithItsRules() public view {
        assertEq(governor.name(), "TallyGovernor");
        assertEq(governor.votingDelay(), VOTING_DELAY);
        assertEq(governor.votingPeriod(), VOTING_PERIOD);
        assertEq(governor.proposalThreshold(), THRESHOLD);
        assertEq(governor.quorumNumerator(), 40);
        assertEq(uint256(governor.lateQuorumVoteExtension()), LATE_EXTENSION);
        assertEq(governor.timelock(), address(timelock));
        assertEq(address(governor.token()), address(token));
        assertEq(governor.CLOCK_MODE(), "mode=timestamp");
    }

    function test_aVoteActivatesAVersion() public {
        Proposal memory proposal = activation;
        uint256 id = propose(alice, proposal);
        assertState(id, IGovernor.ProposalState.Pending);
        openVoting(id);
        assertState(id, IGovernor.ProposalState.Active);
        vote(alice, id, 1);
        vote(bob, id, 0);
        vote(carol, id, 2);
        closeVoting(id);
        assertState(id, IGovernor.ProposalState.Succeeded);
        assertTrue(governor.proposalNeedsQueuing(id), "waits in the timelock");
        queue(proposal);
        assertState(id, IGovernor.ProposalState.Queued);
        assertEq(models.activeVersion(FAMILY), genesis);
        vm.warp(governor.proposalEta(id));
        vm.expectEmit(address(models));
        emit ModelRegistry.VersionActivated(FAMILY, next, genesis, keccak256("next"));
        vm.prank(account("anyone"));
        execute(proposal);
        assertState(id, IGovernor.ProposalState.Executed);
        assertEq(models.activeVersion(FAMILY), next);
        vm.expectRevert();
        execute(proposal);
    }

    function test_refusesAProposerBelowTheThreshold() public {
        vm.prank(carol);
        token.transfer(alice, 191 ether);
        vm.warp(START + 2 hours);
        vm.prank(carol);
        vm.expectRevert(
            abi.encodeWithSelector(IGovernor.GovernorInsufficientProposerVotes.selector, carol, 9 ether, THRESHOLD)
        );
        governor.propose(activation.targets, activation.values, activation.calls, activation.description);
    }

    function test_refusesWhatIsVotedDown() public {
        Proposal memory proposal = activation;
        uint256 id = propose(alice, proposal);
        openVoting(id);
        vote(alice, id, 0);
        vote(bob, id, 1);
        closeVoting(id);
        assertState(id, IGovernor.ProposalState.Defeated);
        vm.expectRevert();
        queue(proposal);
        vm.expectRevert();
        execute(proposal);
        assertEq(models.activeVersion(FAMILY), genesis);
    }

    function test_refusesWhatMissesTheQuorum() public {
        uint256 id = propose(alice, activation);
        openVoting(id);
        vote(bob, id, 1);
        closeVoting(id);
        assertState(id, IGovernor.ProposalState.Defeated);
    }

    function test_refusesToQueueOrExecuteEarly() public {
        Proposal memory proposal = activation;
        uint256 id = propose(alice, proposal);
        vm.expectRevert();
        queue(proposal);
        openVoting(id);
        vote(alice, id, 1);
        vm.expectRevert();
        queue(proposal);
        closeVoting(id);
        queue(proposal);
        vm.warp(governor.proposalEta(id) - 1);
        vm.expectRevert();
        execute(proposal);
    }

    function test_refusesASecondAndALateAndAnUnknownVote() public {
        uint256 id = propose(alice, activation);
        vm.expectRevert();
        vote(alice, id, 1);
        openVoting(id);
        vote(alice, id, 1);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorAlreadyCastVote.selector, alice));
        governor.castVote(id, 0);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidVoteType.selector));
        governor.castVote(id, 3);
        closeVoting(id);
        vm.expectRevert();
        vote(bob, id, 1);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorNonexistentProposal.selector, 7));
        governor.state(7);
    }

    function test_refusesAProposalTakenByAnother() public {
        Proposal memory proposal = activation;
        proposal.description = string.concat("mine #proposer=", Strings.toHexString(alice));
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorRestrictedProposer.selector, bob));
        governor.propose(proposal.targets, proposal.values, proposal.calls, proposal.description);
        propose(alice, proposal);
    }

    function test_theProposerMayCancelBeforeTheVoteOnly() public {
        Proposal memory proposal = activation;
        uint256 id = propose(alice, proposal);
        bytes32 described = keccak256(bytes(proposal.description));
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, id, bob));
        governor.cancel(proposal.targets, proposal.values, proposal.calls, described);
        vm.prank(alice);
        governor.cancel(proposal.targets, proposal.values, proposal.calls, described);
        assertState(id, IGovernor.ProposalState.Canceled);
        proposal.description = "once more";
        id = propose(alice, proposal);
        openVoting(id);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, id, alice));
        governor.cancel(proposal.targets, proposal.values, proposal.calls, keccak256("once more"));
    }

    function test_aLateQuorumKeepsTheVoteOpen() public {
        uint256 id = propose(alice, activation);
        uint256 deadline = governor.proposalDeadline(id);
        vm.warp(deadline - 1);
        vote(alice, id, 1);
        assertEq(governor.proposalDeadline(id), deadline - 1 + LATE_EXTENSION);
        vm.warp(deadline + 1 hours);
        vote(bob, id, 0);
        vote(carol, id, 0);
        closeVoting(id);
        assertState(id, IGovernor.ProposalState.Defeated);
    }

    function test_tokensMovedAfterTheSnapshotDoNotVoteTwice() public {
        uint256 id = propose(alice, activation);
        openVoting(id);
        vote(alice, id, 1);
        vm.prank(alice);
        token.transfer(bob, 500 ether);
        vote(bob, id, 1);
        (, uint256 inFavour, ) = governor.proposalVotes(id);
        assertEq(inFavour, 800 ether);
    }

    function test_changesItsRulesByVoteOnly() public {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, alice));
        vm.prank(alice);
        governor.setVotingPeriod(1 days);
        pass(address(governor), abi.encodeCall(governor.setVotingPeriod, (1 days)));
        assertEq(governor.votingPeriod(), 1 days);
    }

    function test_aVoteAdmitsAPartnerAndChangesTheGuardian() public {
        pass(address(partners), abi.encodeCall(partners.registerPartner, (bob, "0614141000005", "Bob", 0)));
        assertTrue(partners.isPartner(bob), "admitted");
        bytes32 role = models.GUARDIAN_ROLE();
        pass(address(models), abi.encodeCall(models.revokeRole, (role, guardian)));
        assertTrue(!models.hasRole(role, guardian), "dismissed");
    }

    function testFuzz_nobodyPassesBesideTheGovernor(address caller) public {
        vm.assume(caller != address(governor) && caller != address(timelock));
        bytes32 role = timelock.PROPOSER_ROLE();
        expectMissingRole(caller, role);
        vm.prank(caller);
        timelock.schedule(address(models), 0, "", 0, 0, TIMELOCK_DELAY);
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(TimelockController.TimelockUnauthorizedCaller.selector, caller));
        timelock.updateDelay(0);
    }

    function testFuzz_countsVotesAsTheyStoodAtTheSnapshot(uint256 moved, uint8[3] memory choices) public {
        vm.prank(alice);
        token.transfer(bob, bound(moved, 0, 400 ether));
        vm.warp(START + 2 hours);
        uint256 id = propose(alice, activation);
        openVoting(id);
        uint256[3] memory expected;
        address[3] memory members = [alice, bob, carol];
        for (uint256 i = 0; i < 3; ++i) {
            uint8 support = choices[i] % 3;
            expected[support] += token.getPastVotes(members[i], governor.proposalSnapshot(id));
            vote(members[i], id, support);
        }
        (uint256 against, uint256 inFavour, uint256 abstained) = governor.proposalVotes(id);
        assertEq(against, expected[0]);
        assertEq(inFavour, expected[1]);
        assertEq(abstained, expected[2]);
        assertEq(against + inFavour + abstained, 1000 ether);
    }
}
