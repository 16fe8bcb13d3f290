// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {House} from "../kit/House.sol";
import {LateGuardedGovernor} from "../kit/LateGuardedGovernor.sol";

/// @dev Ours looks at the quorum only when it could matter; the deadlines are OpenZeppelin's all the same.
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
}
