// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {
    GovernorCountingOverridable
} from "@openzeppelin/contracts/governance/extensions/GovernorCountingOverridable.sol";
import {Ballots, SmartWallet} from "../kit/Ballots.sol";

/// @dev Alice holds 500, Bob 300, Carol 200; here Bob and Carol have delegated to Alice before the snapshot.
contract OverridingTest is Ballots {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        vm.prank(bob);
        token.delegate(alice);
        vm.prank(carol);
        token.delegate(alice);
        vm.warp(START + 2 hours);
        id = propose(alice, activationOf(proposeVersion("next")));
        openVoting(id);
    }

    function assertVotes(uint256 against, uint256 inFavour, uint256 abstained) private view {
        (uint256 foundAgainst, uint256 foundFor, uint256 foundAbstained) = governor.proposalVotes(id);
        assertEq(foundAgainst, against);
        assertEq(foundFor, inFavour);
        assertEq(foundAbstained, abstained);
    }

    function test_aMemberOverridesAfterTheDelegateVoted() public {
        vote(alice, id, 1);
        assertVotes(0, 1000 ether, 0);
        vm.prank(bob);
        vm.expectEmit(address(governor));
        emit GovernorCountingOverridable.VoteReduced(alice, id, 1, 300 ether);
        governor.castOverrideVote(id, 0, "not on this one");
        assertVotes(300 ether, 700 ether, 0);
        assertTrue(governor.hasVotedOverride(id, bob), "told apart from a vote");
        assertTrue(!governor.hasVoted(id, bob), "an override is no vote of a delegate");
    }

    function test_aMemberOverridesBeforeTheDelegateVotes() public {
        vm.prank(carol);
        governor.castOverrideVote(id, 2, "");
        vote(alice, id, 1);
        assertVotes(0, 800 ether, 200 ether);
    }

    function test_refusesASecondOverrideAndOneOutsideTheVote() public {
        vm.prank(bob);
        governor.castOverrideVote(id, 0, "");
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(GovernorCountingOverridable.GovernorAlreadyOverriddenVote.selector, bob));
        governor.castOverrideVote(id, 1, "");
        closeVoting(id);
        vm.prank(carol);
        vm.expectRevert();
        governor.castOverrideVote(id, 0, "");
    }

    function test_overridesWithTheTokensOfTheSnapshot() public {
        vm.prank(bob);
        token.transfer(account("dave"), 300 ether);
        vm.prank(account("dave"));
        governor.castOverrideVote(id, 0, "");
        assertVotes(0, 0, 0);
        vm.prank(bob);
        governor.castOverrideVote(id, 0, "");
        assertVotes(300 ether, 0, 0);
    }

    function test_overridesBySignatureOnce() public {
        bytes memory signature = signedOverride(id, 0, bob, "by post", "bob");
        governor.castOverrideVoteBySig(id, 0, bob, "by post", signature);
        assertVotes(300 ether, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, bob));
        governor.castOverrideVoteBySig(id, 0, bob, "by post", signature);
    }

    function test_refusesAnotherReasonOrSignerThanSigned() public {
        bytes memory signature = signedOverride(id, 0, bob, "by post", "bob");
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, bob));
        governor.castOverrideVoteBySig(id, 0, bob, "other words", signature);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, carol));
        governor.castOverrideVoteBySig(id, 0, carol, "by post", signature);
    }

    function test_aLateOverrideThatReachesTheQuorumKeepsTheVoteOpen() public {
        uint256 deadline = governor.proposalDeadline(id);
        vm.warp(deadline - 1);
        vm.prank(bob);
        governor.castOverrideVote(id, 1, "");
        assertEq(governor.proposalDeadline(id), deadline);
        vm.prank(carol);
        governor.castOverrideVote(id, 1, "");
        assertEq(governor.proposalDeadline(id), deadline - 1 + LATE_EXTENSION);
    }

    function testFuzz_countsEveryTokenOfTheSnapshotOnce(uint8[3] memory choices, bool delegateFirst) public {
        address[2] memory members = [bob, carol];
        uint256[3] memory expected;
        if (delegateFirst) vote(alice, id, choices[0] % 3);
        for (uint256 i = 0; i < 2; ++i) {
            uint8 support = choices[i + 1] % 3;
            vm.prank(members[i]);
            expected[support] += governor.castOverrideVote(id, support, "");
        }
        if (!delegateFirst) vote(alice, id, choices[0] % 3);
        expected[choices[0] % 3] += 500 ether;
        assertVotes(expected[0], expected[1], expected[2]);
    }
}

contract SignedBallotTest is Ballots {
    uint256 private id;
    SmartWallet private wallet;

    function setUp() public override {
        super.setUp();
        wallet = new SmartWallet(bob);
        vm.prank(bob);
        token.transfer(address(wallet), 100 ether);
        wallet.send(address(token), abi.encodeCall(token.delegate, (address(wallet))));
        vm.warp(START + 2 hours);
        id = propose(alice, activationOf(proposeVersion("next")));
        openVoting(id);
    }

    function test_takesASignedBallotOnce() public {
        bytes memory signature = signedBallot(address(governor), id, 0, carol, "carol");
        assertEq(governor.castVoteBySig(id, 0, carol, signature), 200 ether);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, carol));
        governor.castVoteBySig(id, 0, carol, signature);
    }

    function test_takesTheBallotOfASmartWallet() public {
        bytes memory signature = signedBallot(address(governor), id, 1, address(wallet), "bob");
        assertEq(governor.castVoteBySig(id, 1, address(wallet), signature), 100 ether);
        assertTrue(governor.hasVoted(id, address(wallet)), "counted for the wallet");
    }

    function test_refusesABallotThatAnotherSigned() public {
        bytes memory signature = signedBallot(address(governor), id, 1, address(wallet), "carol");
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, address(wallet)));
        governor.castVoteBySig(id, 1, address(wallet), signature);
    }

    function testFuzz_refusesAChangedBallot(uint8 support) public {
        support = support % 3;
        bytes memory signature = signedBallot(address(governor), id, (support + 1) % 3, carol, "carol");
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, carol));
        governor.castVoteBySig(id, support, carol, signature);
    }
}
