// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {House} from "../kit/House.sol";
import {Test} from "../kit/Test.sol";

/// @dev Anyone that tries to take a right: the deployer, those with a small right, strangers.
contract Takers is Test {
    AccessControl[] private _contracts;
    address[] private _accounts;
    bytes32[] private _roles;
    address private immutable _timelock;

    constructor(AccessControl[] memory contracts, address[] memory accounts, bytes32[] memory roles, address timelock) {
        (_contracts, _accounts, _roles, _timelock) = (contracts, accounts, roles, timelock);
    }

    function grant(uint256 which, uint256 by, uint256 to, uint256 role) external {
        AccessControl target = _contracts[which % _contracts.length];
        vm.prank(_accounts[by % _accounts.length]);
        try target.grantRole(_roles[role % _roles.length], _accounts[to % _accounts.length]) {
            assertTrue(false, "only the timelock grants");
        } catch {}
    }

    function revoke(uint256 which, uint256 by, uint256 role) external {
        AccessControl target = _contracts[which % _contracts.length];
        vm.prank(_accounts[by % _accounts.length]);
        try target.revokeRole(_roles[role % _roles.length], _timelock) {
            assertTrue(false, "only the timelock revokes");
        } catch {}
    }

    function renounceForAnother(uint256 which, uint256 by, uint256 role) external {
        AccessControl target = _contracts[which % _contracts.length];
        vm.prank(_accounts[by % _accounts.length]);
        try target.renounceRole(_roles[role % _roles.length], _timelock) {
            assertTrue(false, "nobody renounces for the timelock");
        } catch {}
    }
}

contract RightsInvariants is House {
    Takers private handler;
    AccessControl[] private owned;
    bytes32[] private roles;

    function setUp() public override {
        super.setUp();
        owned = [AccessControl(models), partners, forecasts, custody, timelock];
        roles = [
            bytes32(0),
            models.PROPOSER_ROLE(),
            models.GUARDIAN_ROLE(),
            partners.REGISTRAR_ROLE(),
            forecasts.COMMITTER_ROLE(),
            custody.ARBITER_ROLE(),
            timelock.CANCELLER_ROLE(),
            timelock.EXECUTOR_ROLE()
        ];
        address[] memory accounts = new address[](6);
        (accounts[0], accounts[1], accounts[2]) = (address(this), guardian, proposer);
        (accounts[3], accounts[4], accounts[5]) = (committer, alice, address(governor));
        handler = new Takers(owned, accounts, roles, address(timelock));
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_theDeployerHoldsNoRole() public view {
        for (uint256 i = 0; i < owned.length; ++i) {
            for (uint256 j = 0; j < roles.length; ++j) {
                assertTrue(!owned[i].hasRole(roles[j], address(this)), "the deployer keeps nothing");
            }
        }
        assertEq(token.balanceOf(address(this)), 0);
    }

    function invariant_everyAdministratorIsTheTimelock() public view {
        for (uint256 i = 0; i < owned.length; ++i) {
            assertTrue(owned[i].hasRole(0, address(timelock)), "the timelock owns it");
            assertTrue(!owned[i].hasRole(0, address(governor)), "only through the timelock");
            for (uint256 j = 0; j < roles.length; ++j) assertEq(owned[i].getRoleAdmin(roles[j]), 0);
        }
        assertTrue(partners.hasRole(partners.REGISTRAR_ROLE(), address(timelock)), "it admits partners");
        assertTrue(custody.hasRole(custody.ARBITER_ROLE(), address(timelock)), "it settles disputes");
        assertTrue(timelock.hasRole(timelock.PROPOSER_ROLE(), address(governor)), "the governor schedules");
        assertTrue(timelock.hasRole(timelock.EXECUTOR_ROLE(), address(0)), "anyone executes");
    }
}

contract SizeTest is House {
    uint256 private constant LIMIT = 24_576;

    function test_everyContractFitsTheCodeSizeLimit() public view {
        address[9] memory all = [
            address(token),
            address(timelock),
            address(governor),
            address(models),
            address(partners),
            address(anchors),
            address(forecasts),
            address(custody),
            address(recalls)
        ];
        for (uint256 i = 0; i < all.length; ++i) {
            assertTrue(all[i].code.length > 0, "deployed");
            assertAtMost(all[i].code.length, LIMIT);
        }
    }
}
