// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {House} from "../kit/House.sol";
import {LateGuardedGovernor} from "../kit/LateGuardedGovernor.sol";

/// @dev Ours looks at the quorum only when it could matter; the deadlines are OpenZeppelin's all the same, as long
/// as no override takes a reached quorum back: then ours extends again when it is reached again late, theirs does not.
contract LateQuorumTest is House {
    LateGuardedGovernor private theirs;
    uint256 private id;
    uint256 private theirId;

    function setUp() public override {
        super.setUp();
        theirs = new LateGuardedGovernor(token, VOTING_DELAY, VOTING_PERIOD, LATE_EXTENSION);
        Proposal memory proposal = activationOf(proposeVersion("next"));
        id = propose(alice, proposal);
        vm.prank(alice);
        theirId = theirs.propose(proposal.targets, proposal.values, proposal.calls, proposal.description);
        openVoting(id);
    }

    function testFuzz_endsWhenOpenZeppelinsEnds(
        uint8[3] memory order,
        uint8[3] memory choices,
        uint32[3] memory waits
    ) public {
        address[3] memory members = [alice, bob, carol];
        for (uint256 i = 0; i < 3; ++i) {
            uint256 left = governor.proposalDeadline(id) - vm.getBlockTimestamp();
            vm.warp(vm.getBlockTimestamp() + bound(waits[i], 0, left));
            address member = members[order[i] % 3];
            uint8 support = choices[i] % 3;
            if (!governor.hasVoted(id, member)) {
                vote(member, id, support);
                vm.prank(member);
                theirs.castVote(theirId, support);
            }
            assertEq(governor.proposalDeadline(id), theirs.proposalDeadline(theirId));
            assertEq(uint256(governor.state(id)), uint256(theirs.state(theirId)));
        }
        closeVoting(id);
        bool passes = uint256(theirs.state(theirId)) == 4;
        assertEq(uint256(governor.state(id)), passes ? 4 : 3);
    }

    function test_aQuorumReachedEarlyExtendsNothingLater() public {
        uint256 deadline = governor.proposalDeadline(id);
        vote(alice, id, 1);
        vm.warp(deadline - 1);
        vote(bob, id, 0);
        assertEq(governor.proposalDeadline(id), deadline);
    }

    /// @dev Votes that run at the same time, of which some are extended: each ends by its own deadline only.
    function testFuzz_oneVotesExtensionLeavesTheOthers(
        uint8[6] memory order,
        uint8[6] memory choices,
        uint32[6] memory waits
    ) public {
        (uint256 second, uint256 theirSecond) = proposeOnBoth("second");
        uint256[2] memory ids = [id, second];
        uint256[2] memory theirIds = [theirId, theirSecond];
        address[3] memory members = [alice, bob, carol];
        for (uint256 i = 0; i < 6; ++i) {
            vm.warp(vm.getBlockTimestamp() + bound(waits[i], 0, 1 days));
            uint256 which = order[i] % 2;
            bool open = uint256(governor.state(ids[which])) == 1;
            address member = members[(order[i] / 2) % 3];
            if (open && !governor.hasVoted(ids[which], member)) {
                vote(member, ids[which], choices[i] % 3);
                vm.prank(member);
                theirs.castVote(theirIds[which], choices[i] % 3);
            }
            for (uint256 at = 0; at < 2; ++at) {
                assertEq(governor.proposalDeadline(ids[at]), theirs.proposalDeadline(theirIds[at]));
                assertEq(uint256(governor.state(ids[at])), uint256(theirs.state(theirIds[at])));
            }
        }
    }

    function test_aLaterVoteIsNotExtendedByAnEarlierOnesExtension() public {
        uint256 own = governor.proposalDeadline(id);
        vm.warp(own - 1 hours);
        (uint256 second, ) = proposeOnBoth("second");
        vote(alice, id, 1);
        assertEq(governor.proposalDeadline(id), own - 1 hours + LATE_EXTENSION);
        assertEq(governor.proposalDeadline(second), governor.proposalSnapshot(second) + VOTING_PERIOD);
        vm.warp(governor.proposalDeadline(second) - 10);
        vote(alice, second, 1);
        assertEq(governor.proposalDeadline(second), vm.getBlockTimestamp() + LATE_EXTENSION);
        assertEq(governor.proposalDeadline(id), own - 1 hours + LATE_EXTENSION);
    }

    function test_aVoteChangesTheExtensionOfTheNext() public {
        pass(address(governor), abi.encodeCall(governor.setLateQuorumVoteExtension, (2 hours)));
        assertEq(uint256(governor.lateQuorumVoteExtension()), 2 hours);
        (uint256 next, ) = proposeOnBoth("next vote");
        vm.warp(governor.proposalDeadline(next) - 1 hours);
        vote(alice, next, 1);
        assertEq(governor.proposalDeadline(next), vm.getBlockTimestamp() + 2 hours);
    }

    /// @dev Voting is not open on it yet.
    function proposeOnBoth(string memory description) private returns (uint256 ours, uint256 other) {
        Proposal memory proposal = activationOf(genesis);
        proposal.description = description;
        ours = propose(alice, proposal);
        vm.prank(alice);
        other = theirs.propose(proposal.targets, proposal.values, proposal.calls, proposal.description);
    }
}
