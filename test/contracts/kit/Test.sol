// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Vm} from "./Vm.sol";

/// @dev What every test needs: the cheat codes, comparisons that say what they found, accounts and revert data.
abstract contract Test {
    Vm internal constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
    uint256 internal constant START = 1_800_000_000;

    error NotTrue(string what);
    error NotEqual(bytes32 found, bytes32 expected);
    error NotEqualNumber(uint256 found, uint256 expected);
    error NotEqualText(string found, string expected);
    error TooMuch(uint256 found, uint256 limit);

    function assertTrue(bool fact, string memory what) internal pure {
        if (!fact) revert NotTrue(what);
    }

    function assertEq(bytes32 found, bytes32 expected) internal pure {
        if (found != expected) revert NotEqual(found, expected);
    }

    function assertEq(uint256 found, uint256 expected) internal pure {
        if (found != expected) revert NotEqualNumber(found, expected);
    }

    function assertEq(address found, address expected) internal pure {
        assertEq(bytes32(uint256(uint160(found))), bytes32(uint256(uint160(expected))));
    }

    function assertEq(string memory found, string memory expected) internal pure {
        if (keccak256(bytes(found)) != keccak256(bytes(expected))) revert NotEqualText(found, expected);
    }

    function assertAtMost(uint256 found, uint256 limit) internal pure {
        if (found > limit) revert TooMuch(found, limit);
    }

    /// @dev Folds any number into a range, both ends included.
    function bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + (value % (high - low + 1));
    }

    function keyOf(string memory name) internal pure returns (uint256) {
        return uint256(keccak256(bytes(name))) >> 1;
    }

    function account(string memory name) internal pure returns (address) {
        return vm.addr(keyOf(name));
    }

    function expectMissingRole(address caller, bytes32 role) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, caller, role)
        );
    }
}
