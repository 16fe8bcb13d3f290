// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {PartnerRegistry} from "../../../contracts/registry/PartnerRegistry.sol";
import {House} from "../kit/House.sol";

contract PartnerRegistryTest is House {
    string private constant GLN = "0614141000005";
    string private constant OTHER_GLN = "4012345000009";
    address private maker = account("maker");
    address private key = account("key");

    function asRegistrar() private {
        vm.prank(address(timelock));
    }

    function admit(address partner, string memory gln) private {
        asRegistrar();
        partners.registerPartner(partner, gln, "Maker", 0);
    }

    function test_refusesTheZeroAdmin() public {
        vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.ZeroAddress.selector));
        new PartnerRegistry(address(0));
    }

    function test_registersAPartner() public {
        vm.expectEmit(address(partners));
        emit PartnerRegistry.PartnerRegistered(maker, GLN, "Maker", keccak256("more"));
        asRegistrar();
        partners.registerPartner(maker, GLN, "Maker", keccak256("more"));
        assertTrue(partners.isPartner(maker), "registered");
        assertEq(partners.partnerOfGln(GLN), maker);
        assertTrue(partners.isSubmitter(maker, maker, 0), "a partner speaks for itself");
    }

    function testFuzz_onlyTheRegistrarAdmitsAndRemoves(address caller) public {
        vm.assume(caller != address(timelock));
        bytes32 role = partners.REGISTRAR_ROLE();
        expectMissingRole(caller, role);
        vm.prank(caller);
        partners.registerPartner(maker, GLN, "Maker", 0);
        admit(maker, GLN);
        expectMissingRole(caller, role);
        vm.prank(caller);
        partners.removePartner(maker);
    }

    function test_refusesAPartnerWithoutAddressOrName() public {
        asRegistrar();
        vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.ZeroAddress.selector));
        partners.registerPartner(address(0), GLN, "Maker", 0);
        asRegistrar();
        vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.EmptyName.selector));
        partners.registerPartner(maker, GLN, "", 0);
    }

    function test_refusesWrongGlns() public {
        string[6] memory wrong = ["", "061414100000", "06141410000055", "0614141000004", "06141410000a5", "061414100000/"];
        for (uint256 i = 0; i < wrong.length; ++i) {
            asRegistrar();
            vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.InvalidGln.selector, wrong[i]));
            partners.registerPartner(maker, wrong[i], "Maker", 0);
        }
    }

    /// @dev Exactly one of the ten last digits is right.
    function testFuzz_takesOneCheckDigitOfTen(uint256 body) public {
        string memory digits = Strings.toString(bound(body, 100_000_000_000, 999_999_999_999));
        uint256 taken = 0;
        for (uint256 digit = 0; digit < 10; ++digit) {
            asRegistrar();
            address partner = address(uint160(digit + 1));
            try partners.registerPartner(partner, string.concat(digits, Strings.toString(digit)), "Maker", 0) {
                ++taken;
            } catch {}
        }
        assertEq(taken, 1);
    }

    function test_refusesAPartnerOrAGlnTwice() public {
        admit(maker, GLN);
        asRegistrar();
        vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.PartnerExists.selector, maker));
        partners.registerPartner(maker, OTHER_GLN, "Maker", 0);
        asRegistrar();
        vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.GlnTaken.selector, GLN, maker));
        partners.registerPartner(bob, GLN, "Taker", 0);
    }

    function test_removesAPartnerAndFreesItsGln() public {
        admit(maker, GLN);
        vm.expectEmit(address(partners));
        emit PartnerRegistry.PartnerRemoved(maker);
        asRegistrar();
        partners.removePartner(maker);
        assertTrue(!partners.isPartner(maker), "removed");
        assertTrue(!partners.isSubmitter(maker, maker, 0), "silent");
        admit(bob, GLN);
        assertEq(partners.partnerOfGln(GLN), bob);
    }

    function test_refusesToRemoveTheUnknown() public {
        asRegistrar();
        vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.UnknownPartner.selector, maker));
        partners.removePartner(maker);
    }

    function test_setsASubmitterByPartnerAndByRegistrar() public {
        admit(maker, GLN);
        vm.expectEmit(address(partners));
        emit PartnerRegistry.SubmitterSet(maker, key, 10, 20);
        vm.prank(maker);
        partners.setSubmitter(maker, key, 10, 20);
        asRegistrar();
        partners.setSubmitter(maker, alice, 5, 6);
        assertTrue(partners.isSubmitter(maker, alice, 5), "set by the registrar");
    }

    function testFuzz_aKeySpeaksWithinItsValidityOnly(uint64 from, uint64 until, uint64 time) public {
        vm.assume(from < until);
        admit(maker, GLN);
        vm.prank(maker);
        partners.setSubmitter(maker, key, from, until);
        assertTrue(partners.isSubmitter(maker, key, time) == (from <= time && time < until), "validity");
        assertTrue(!partners.isSubmitter(bob, key, time), "of its partner only");
    }

    function testFuzz_refusesAValidityThatEndsBeforeItBegins(uint64 from, uint64 until) public {
        vm.assume(from >= until && from != 0);
        admit(maker, GLN);
        vm.prank(maker);
        vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.InvalidValidity.selector, from, until));
        partners.setSubmitter(maker, key, from, until);
    }

    function test_revokesAKey() public {
        admit(maker, GLN);
        vm.prank(maker);
        partners.setSubmitter(maker, key, 0, type(uint64).max);
        vm.prank(maker);
        partners.setSubmitter(maker, key, 0, 0);
        assertTrue(!partners.isSubmitter(maker, key, 0), "revoked");
    }

    function test_refusesASubmitterFromAnyoneElse() public {
        admit(maker, GLN);
        admit(bob, OTHER_GLN);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.NotPartnerOrRegistrar.selector, bob));
        partners.setSubmitter(maker, key, 0, 1);
    }

    function test_refusesTheZeroSubmitterAndTheUnknownPartner() public {
        vm.prank(maker);
        vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.UnknownPartner.selector, maker));
        partners.setSubmitter(maker, key, 0, 1);
        admit(maker, GLN);
        vm.prank(maker);
        vm.expectRevert(abi.encodeWithSelector(PartnerRegistry.ZeroAddress.selector));
        partners.setSubmitter(maker, address(0), 0, 1);
    }

    function test_oldKeysStayDeadWhenAPartnerReturns() public {
        admit(maker, GLN);
        vm.prank(maker);
        partners.setSubmitter(maker, key, 0, type(uint64).max);
        asRegistrar();
        partners.removePartner(maker);
        admit(maker, GLN);
        assertTrue(partners.isSubmitter(maker, maker, 1), "the partner is back");
        assertTrue(!partners.isSubmitter(maker, key, 1), "its key is not");
    }
}
