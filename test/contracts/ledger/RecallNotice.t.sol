// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {RecallNotice} from "../../../contracts/ledger/RecallNotice.sol";
import {PartnerRegistry} from "../../../contracts/registry/PartnerRegistry.sol";
import {AnchorHouse} from "../kit/AnchorHouse.sol";

contract RecallNoticeTest is AnchorHouse {
    bytes32 private constant CRITERIA = keccak256("criteria");
    uint32 private constant COUNT = 12;

    function open() private returns (bytes32) {
        vm.prank(key);
        return recalls.open(maker, CRITERIA, ROOT, COUNT, "sha256:list");
    }

    function test_refusesARegistryWithoutCode() public {
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.ZeroRegistry.selector));
        new RecallNotice(PartnerRegistry(alice));
        assertEq(address(recalls.registry()), address(partners));
    }

    function testFuzz_opens(bytes32 criteria, bytes32 root, uint32 count) public {
        vm.assume(criteria != 0 && root != 0 && count != 0);
        bytes32 expected = keccak256(abi.encode(maker, criteria, root));
        vm.expectEmit(address(recalls));
        emit RecallNotice.RecallOpened(expected, maker, criteria, root, count, "");
        vm.prank(key);
        bytes32 id = recalls.open(maker, criteria, root, count, "");
        assertEq(id, expected);
        (address opener, uint64 openedAt, bool closed) = recalls.noticeOf(id);
        assertEq(opener, maker);
        assertEq(uint256(openedAt), block.timestamp);
        assertTrue(!closed, "it is open");
    }

    function test_refusesEmptyRecallsAndTheSameTwice() public {
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.EmptyRecall.selector));
        vm.prank(maker);
        recalls.open(maker, 0, ROOT, COUNT, "");
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.EmptyRecall.selector));
        vm.prank(maker);
        recalls.open(maker, CRITERIA, 0, COUNT, "");
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.EmptyRecall.selector));
        vm.prank(maker);
        recalls.open(maker, CRITERIA, ROOT, 0, "");
        bytes32 id = open();
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.RecallExists.selector, id));
        open();
        vm.prank(carrier);
        assertTrue(recalls.open(carrier, CRITERIA, ROOT, COUNT, "") != id, "another partner's is another recall");
    }

    function testFuzz_takesWordOfWhatCameBack(uint128 first, uint128 second) public {
        bytes32 id = open();
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectEmit(address(recalls));
            emit RecallNotice.RecallAcknowledged(id, carrier, i == 0 ? first : second);
            vm.prank(carrier);
            recalls.acknowledge(carrier, id, i == 0 ? first : second);
        }
    }

    function test_endsByItsOpenerForGood() public {
        bytes32 id = open();
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.NotOpener.selector, id, maker));
        vm.prank(carrier);
        recalls.close(carrier, id, "");
        vm.expectEmit(address(recalls));
        emit RecallNotice.RecallClosed(id, maker, "all back");
        vm.prank(key);
        recalls.close(maker, id, "all back");
        (, , bool closed) = recalls.noticeOf(id);
        assertTrue(closed, "it has ended");
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.RecallEnded.selector, id));
        vm.prank(carrier);
        recalls.acknowledge(carrier, id, 1);
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.RecallEnded.selector, id));
        vm.prank(key);
        recalls.close(maker, id, "again");
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.RecallExists.selector, id));
        open();
    }

    function test_asksTheRegistryWhoSpeaksForWhom() public {
        bytes32 id = open();
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.NotSubmitter.selector, maker, carrier));
        vm.prank(carrier);
        recalls.open(maker, CRITERIA, ROOT, COUNT, "");
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.NotSubmitter.selector, bob, bob));
        vm.prank(bob);
        recalls.acknowledge(bob, id, 1);
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.NotSubmitter.selector, maker, bob));
        vm.prank(bob);
        recalls.close(maker, id, "");
        vm.expectRevert(abi.encodeWithSelector(RecallNotice.UnknownRecall.selector, ROOT));
        vm.prank(carrier);
        recalls.acknowledge(carrier, ROOT, 1);
    }
}
