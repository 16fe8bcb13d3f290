// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Custody} from "../../../contracts/ledger/Custody.sol";
import {PartnerRegistry} from "../../../contracts/registry/PartnerRegistry.sol";
import {CustodyHouse} from "../kit/CustodyHouse.sol";

contract CustodyTest is CustodyHouse {
    function holds(address partner) private view {
        assertEq(custody.holderOf(UNIT), partner);
    }

    function expect(bytes memory failure) private {
        vm.expectRevert(failure);
    }

    function test_refusesZeroInItsConstructor() public {
        expect(abi.encodeWithSelector(Custody.ZeroAddress.selector));
        new Custody(PartnerRegistry(alice), address(timelock));
        expect(abi.encodeWithSelector(Custody.ZeroAddress.selector));
        new Custody(partners, address(0));
        assertEq(address(custody.registry()), address(partners));
    }

    function test_passesAUnitThroughTwoHands() public {
        vm.expectEmit(address(custody));
        emit Custody.CustodyOffered(UNIT, maker, carrier, OFFER_UNTIL);
        offer(key, maker, carrier, 1);
        holds(maker);
        (address to, uint64 deadline) = custody.offerOf(UNIT);
        assertEq(to, carrier);
        assertEq(uint256(deadline), OFFER_UNTIL);
        vm.expectEmit(address(custody));
        emit Custody.CustodyAccepted(UNIT, maker, carrier);
        accept(carrier, 1);
        holds(carrier);
        (to, ) = custody.offerOf(UNIT);
        assertEq(to, address(0));
        offer(carrier, carrier, maker, 1);
        accept(maker, 1);
        holds(maker);
    }

    function testFuzz_movesManyUnitsOrNone(uint8 size, uint8 taken) public {
        uint256 count = bound(size, 1, 40);
        offer(key, maker, carrier, count);
        bytes32[] memory list = units(count + 1);
        list[count] = keccak256("never offered");
        expect(abi.encodeWithSelector(Custody.NoOffer.selector, list[count]));
        vm.prank(carrier);
        custody.accept(carrier, list);
        uint256 some = bound(taken, 1, count);
        accept(carrier, some);
        list = units(count);
        for (uint256 i = 0; i < count; ++i) assertEq(custody.holderOf(list[i]), i < some ? carrier : maker);
    }

    function test_keepsTheHolderOnARefusalAndLetsItOfferAgain() public {
        offer(key, maker, carrier, 1);
        vm.expectEmit(address(custody));
        emit Custody.CustodyRejected(UNIT, maker, carrier, "seal broken");
        vm.prank(carrier);
        custody.reject(carrier, units(1), "seal broken");
        holds(maker);
        expect(abi.encodeWithSelector(Custody.NoOffer.selector, UNIT));
        accept(carrier, 1);
        offer(key, maker, carrier, 1);
        accept(carrier, 1);
        holds(carrier);
    }

    function test_asksWhyAUnitIsRefused() public {
        offer(key, maker, carrier, 1);
        expect(abi.encodeWithSelector(Custody.EmptyReason.selector));
        vm.prank(carrier);
        custody.reject(carrier, units(1), "");
    }

    function testFuzz_expiresAfterTheDeadline(uint64 late) public {
        offer(key, maker, carrier, 1);
        uint256 time = bound(late, uint256(OFFER_UNTIL) + 1, type(uint64).max);
        vm.warp(time);
        expect(abi.encodeWithSelector(Custody.OfferExpired.selector, UNIT, OFFER_UNTIL));
        accept(carrier, 1);
        expect(abi.encodeWithSelector(Custody.OfferExpired.selector, UNIT, OFFER_UNTIL));
        vm.prank(carrier);
        custody.reject(carrier, units(1), "late");
        holds(maker);
        vm.prank(maker);
        custody.offer(maker, carrier, uint64(time), units(1));
        accept(carrier, 1);
        holds(carrier);
    }

    function test_takesTheLastSecond() public {
        offer(key, maker, carrier, 1);
        vm.warp(OFFER_UNTIL);
        accept(carrier, 1);
        holds(carrier);
    }

    function test_takesOffersBack() public {
        offer(key, maker, carrier, 1);
        expect(abi.encodeWithSelector(Custody.NotHolder.selector, UNIT, maker));
        vm.prank(carrier);
        custody.withdraw(carrier, units(1));
        vm.expectEmit(address(custody));
        emit Custody.CustodyWithdrawn(UNIT, maker, carrier);
        vm.prank(key);
        custody.withdraw(maker, units(1));
        expect(abi.encodeWithSelector(Custody.NoOffer.selector, UNIT));
        accept(carrier, 1);
        expect(abi.encodeWithSelector(Custody.NoOffer.selector, UNIT));
        vm.prank(maker);
        custody.withdraw(maker, units(1));
    }

    function test_offersOnlyWhatIsHeldAndNotOffered() public {
        offer(key, maker, carrier, 1);
        expect(abi.encodeWithSelector(Custody.OfferPending.selector, UNIT, carrier, OFFER_UNTIL));
        offer(key, maker, carrier, 1);
        accept(carrier, 1);
        expect(abi.encodeWithSelector(Custody.NotHolder.selector, UNIT, carrier));
        offer(maker, maker, carrier, 1);
    }

    function test_offersToAnotherPartnerOnly() public {
        expect(abi.encodeWithSelector(Custody.InvalidRecipient.selector, maker));
        offer(key, maker, maker, 1);
        expect(abi.encodeWithSelector(Custody.InvalidRecipient.selector, bob));
        offer(key, maker, bob, 1);
        expect(abi.encodeWithSelector(Custody.NoUnits.selector));
        offer(key, maker, carrier, 0);
        vm.warp(uint256(OFFER_UNTIL) + 1);
        expect(abi.encodeWithSelector(Custody.DeadlinePassed.selector, OFFER_UNTIL));
        offer(maker, maker, carrier, 1);
    }

    function test_asksTheRegistryWhoSpeaksForWhom() public {
        expect(abi.encodeWithSelector(Custody.NotSubmitter.selector, maker, bob));
        offer(bob, maker, carrier, 1);
        offer(key, maker, carrier, 1);
        expect(abi.encodeWithSelector(Custody.NotSubmitter.selector, carrier, key));
        vm.prank(key);
        custody.accept(carrier, units(1));
        expect(abi.encodeWithSelector(Custody.NotSubmitter.selector, carrier, key));
        vm.prank(key);
        custody.reject(carrier, units(1), "no");
        expect(abi.encodeWithSelector(Custody.NotSubmitter.selector, maker, carrier));
        vm.prank(carrier);
        custody.withdraw(maker, units(1));
        vm.prank(address(timelock));
        partners.removePartner(carrier);
        expect(abi.encodeWithSelector(Custody.NotSubmitter.selector, carrier, carrier));
        accept(carrier, 1);
    }

    function test_releasesAUnitByVoteAlone() public {
        offer(key, maker, carrier, 1);
        bytes32 role = custody.ARBITER_ROLE();
        expectMissingRole(maker, role);
        vm.prank(maker);
        custody.release(UNIT, "mine");
        pass(address(custody), abi.encodeCall(Custody.release, (UNIT, "claimed by mistake")));
        holds(address(0));
        (address to, ) = custody.offerOf(UNIT);
        assertEq(to, address(0));
        expect(abi.encodeWithSelector(Custody.NoHolder.selector, UNIT));
        vm.prank(address(timelock));
        custody.release(UNIT, "again");
        vm.prank(carrier);
        custody.offer(carrier, maker, uint64(block.timestamp), units(1));
        holds(carrier);
    }
}
