// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {TallyGovernor} from "../../../contracts/governance/TallyGovernor.sol";
import {TallyToken} from "../../../contracts/governance/TallyToken.sol";
import {ModelRegistry} from "../../../contracts/registry/ModelRegistry.sol";
import {House} from "../kit/House.sol";
import {Test} from "../kit/Test.sol";

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

/// @dev Members that vote, transfer and delegate at random while a proposal is open.
contract Voters is Test {
    TallyToken private immutable _token;
    TallyGovernor private immutable _governor;
    uint256 private immutable _proposalId;
    address[] private _members;
    uint256 public expected;

    constructor(TallyToken token, TallyGovernor governor, uint256 proposalId, address[] memory members) {
        (_token, _governor, _proposalId, _members) = (token, governor, proposalId, members);
    }

    function vote(uint256 from, uint8 support) external {
        address member = _members[from % _members.length];
        bool again = _governor.hasVoted(_proposalId, member);
        vm.prank(member);
        try _governor.castVote(_proposalId, support % 3) returns (uint256 weight) {
            assertTrue(!again, "nobody votes twice");
            assertEq(weight, _token.getPastVotes(member, _governor.proposalSnapshot(_proposalId)));
            expected += weight;
        } catch {
            assertTrue(again, "a first vote is taken");
        }
    }

    function transfer(uint256 from, uint256 to, uint256 amount) external {
        address sender = _members[from % _members.length];
        amount = bound(amount, 0, _token.balanceOf(sender));
        vm.prank(sender);
        _token.transfer(_members[to % _members.length], amount);
    }

    function delegate(uint256 from, uint256 to) external {
        vm.prank(_members[from % _members.length]);
        _token.delegate(_members[to % _members.length]);
    }
}

contract TallyGovernorInvariants is House {
    Voters private handler;
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = propose(alice, activationOf(proposeVersion("next")));
        openVoting(id);
        address[] memory members = new address[](4);
        (members[0], members[1], members[2], members[3]) = (alice, bob, carol, account("dave"));
        handler = new Voters(token, governor, id, members);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_votesCountedAreAtMostTheVotesAtTheSnapshot() public view {
        (uint256 against, uint256 inFavour, uint256 abstained) = governor.proposalVotes(id);
        uint256 counted = against + inFavour + abstained;
        assertEq(counted, handler.expected());
        assertAtMost(counted, token.getPastTotalSupply(governor.proposalSnapshot(id)));
    }
}
