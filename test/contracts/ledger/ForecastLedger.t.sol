// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ForecastLedger} from "../../../contracts/ledger/ForecastLedger.sol";
import {House} from "../kit/House.sol";

contract ForecastLedgerTest is House {
    bytes32 private constant ROOT = keccak256("forecasts");
    uint64 private constant TARGET = uint64(START + 1 days);

    function commit(uint64 asOf, uint64 firstTarget, bytes32 root, uint32 count) private {
        vm.prank(committer);
        forecasts.commit(FAMILY, genesis, asOf, firstTarget, root, count);
    }

    function test_refusesTheZeroAdmin() public {
        vm.expectRevert(abi.encodeWithSelector(ForecastLedger.ZeroAdmin.selector));
        new ForecastLedger(address(0));
    }

    function testFuzz_fixesForecasts(uint64 asOf, uint64 firstTarget, bytes32 root, uint32 count) public {
        vm.assume(root != 0 && count != 0);
        firstTarget = uint64(bound(firstTarget, block.timestamp + 1, type(uint64).max));
        asOf = uint64(bound(asOf, 0, firstTarget));
        vm.expectEmit(address(forecasts));
        emit ForecastLedger.ForecastCommitted(FAMILY, genesis, root, asOf, firstTarget, count, committer);
        commit(asOf, firstTarget, root, count);
        ForecastLedger.Commitment memory commitment = forecasts.commitment(root);
        assertEq(commitment.versionId, genesis);
        assertEq(uint256(commitment.committedAt), block.timestamp);
        assertEq(uint256(commitment.asOf), asOf);
        assertEq(uint256(commitment.firstTarget), firstTarget);
        assertEq(uint256(commitment.count), count);
        assertEq(uint256(forecasts.committedAt(root)), block.timestamp);
    }

    function testFuzz_refusesOnceTheFirstPeriodHasBegun(uint64 late) public {
        uint256 time = bound(late, TARGET, type(uint64).max);
        vm.warp(time);
        vm.expectRevert(abi.encodeWithSelector(ForecastLedger.TooLate.selector, TARGET, time));
        commit(0, TARGET, ROOT, 1);
        assertEq(uint256(forecasts.committedAt(ROOT)), 0);
    }

    function test_takesTheLastSecondBeforeAndDataUpToTheTarget() public {
        vm.warp(TARGET - 1);
        commit(TARGET, TARGET, ROOT, 1);
        assertEq(uint256(forecasts.committedAt(ROOT)), TARGET - 1);
    }

    function test_refusesDataLaterThanTheTarget() public {
        vm.expectRevert(abi.encodeWithSelector(ForecastLedger.AsOfAfterTarget.selector, TARGET + 1, TARGET));
        commit(TARGET + 1, TARGET, ROOT, 1);
    }

    function test_refusesEmptyAndZero() public {
        vm.expectRevert(abi.encodeWithSelector(ForecastLedger.EmptyCommitment.selector));
        commit(0, TARGET, ROOT, 0);
        vm.expectRevert(abi.encodeWithSelector(ForecastLedger.ZeroHash.selector));
        commit(0, TARGET, 0, 1);
        vm.prank(committer);
        vm.expectRevert(abi.encodeWithSelector(ForecastLedger.ZeroHash.selector));
        forecasts.commit(0, genesis, 0, TARGET, ROOT, 1);
        vm.prank(committer);
        vm.expectRevert(abi.encodeWithSelector(ForecastLedger.ZeroHash.selector));
        forecasts.commit(FAMILY, 0, 0, TARGET, ROOT, 1);
    }

    function test_refusesARootTwice() public {
        commit(0, TARGET, ROOT, 1);
        vm.expectRevert(abi.encodeWithSelector(ForecastLedger.RootCommitted.selector, ROOT));
        commit(0, TARGET + 1, ROOT, 1);
    }

    function testFuzz_onlyACommitterCommits(address caller) public {
        vm.assume(caller != committer);
        expectMissingRole(caller, forecasts.COMMITTER_ROLE());
        vm.prank(caller);
        forecasts.commit(FAMILY, genesis, 0, TARGET, ROOT, 1);
    }

    function test_aVoteAppointsACommitter() public {
        bytes32 role = forecasts.COMMITTER_ROLE();
        pass(address(forecasts), abi.encodeCall(forecasts.grantRole, (role, bob)));
        assertTrue(forecasts.hasRole(role, bob), "appointed");
    }
}
