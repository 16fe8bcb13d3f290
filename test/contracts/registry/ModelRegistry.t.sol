// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ModelRegistry} from "../../../contracts/registry/ModelRegistry.sol";
import {House} from "../kit/House.sol";

contract ModelRegistryTest is House {
    bytes32 private constant ARTIFACT = keccak256("artifact");
    bytes32 private constant REPORT = keccak256("report");

    function asTimelock() private {
        vm.prank(address(timelock));
    }

    function test_refusesTheZeroAdmin() public {
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.ZeroAdmin.selector));
        new ModelRegistry(address(0));
    }

    function test_registersAFamily() public {
        bytes32 family = keccak256("lead-time");
        vm.expectEmit(address(models));
        emit ModelRegistry.FamilyRegistered(family, "lead-time");
        asTimelock();
        models.registerFamily("lead-time");
        assertEq(models.familyName(family), "lead-time");
        assertEq(models.activeVersion(family), 0);
    }

    function test_refusesAFamilyFromAnyoneElse() public {
        expectMissingRole(alice, 0);
        vm.prank(alice);
        models.registerFamily("lead-time");
    }

    function test_refusesAFamilyWithoutNameOrTwice() public {
        asTimelock();
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.EmptyName.selector));
        models.registerFamily("");
        asTimelock();
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.FamilyExists.selector, FAMILY));
        models.registerFamily("demand");
    }

    function testFuzz_proposesAVersion(bytes32 artifact, bytes32 report, bytes32 dataRoot, uint64 dataBlock) public {
        vm.assume(artifact != 0 && report != 0 && artifact != keccak256("genesis"));
        bytes32 id = keccak256(abi.encode(FAMILY, artifact));
        vm.expectEmit(address(models));
        emit ModelRegistry.VersionProposed(FAMILY, id, proposer, artifact, report, dataRoot, dataBlock, "ipfs://x");
        vm.prank(proposer);
        assertEq(models.proposeVersion(FAMILY, artifact, report, dataRoot, dataBlock, "ipfs://x"), id);
        ModelRegistry.Version memory version = models.version(id);
        assertEq(version.family, FAMILY);
        assertEq(version.artifactSha256, artifact);
        assertEq(version.reportSha256, report);
        assertEq(version.dataRoot, dataRoot);
        assertEq(uint256(version.dataBlock), dataBlock);
        assertEq(version.proposer, proposer);
        assertEq(models.familyOf(id), FAMILY);
        assertEq(models.activeVersion(FAMILY), genesis);
    }

    function test_refusesAVersionFromAnyoneElse() public {
        expectMissingRole(alice, models.PROPOSER_ROLE());
        vm.prank(alice);
        models.proposeVersion(FAMILY, ARTIFACT, REPORT, 0, 0, "");
    }

    function test_refusesAVersionOfNoFamily() public {
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.UnknownFamily.selector, bytes32("none")));
        models.proposeVersion("none", ARTIFACT, REPORT, 0, 0, "");
    }

    function test_refusesAVersionWithoutHashes() public {
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.ZeroHash.selector));
        models.proposeVersion(FAMILY, 0, REPORT, 0, 0, "");
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.ZeroHash.selector));
        models.proposeVersion(FAMILY, ARTIFACT, 0, 0, 0, "");
    }

    function test_refusesAVersionTwice() public {
        bytes32 id = proposeVersion("next");
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.VersionExists.selector, id));
        models.proposeVersion(FAMILY, keccak256("next"), keccak256("another report"), 0, 0, "");
    }

    function test_activatesAVersion() public {
        bytes32 next = proposeVersion("next");
        vm.expectEmit(address(models));
        emit ModelRegistry.VersionActivated(FAMILY, next, genesis, keccak256("next"));
        asTimelock();
        models.activate(next);
        assertEq(models.activeVersion(FAMILY), next);
        assertEq(models.previousVersion(FAMILY), genesis);
    }

    function testFuzz_onlyTheTimelockActivates(address caller) public {
        vm.assume(caller != address(timelock));
        bytes32 next = proposeVersion("next");
        expectMissingRole(caller, 0);
        vm.prank(caller);
        models.activate(next);
    }

    function test_refusesToActivateTheUnknownAndTheActive() public {
        asTimelock();
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.UnknownVersion.selector, bytes32("none")));
        models.activate("none");
        asTimelock();
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.AlreadyActive.selector, genesis));
        models.activate(genesis);
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.UnknownVersion.selector, bytes32("none")));
        models.version("none");
        assertEq(models.familyOf("none"), 0);
    }

    function test_guardianReturnsToThePreviousVersion() public {
        bytes32 next = proposeVersion("next");
        asTimelock();
        models.activate(next);
        vm.expectEmit(address(models));
        emit ModelRegistry.VersionRolledBack(FAMILY, next, genesis, keccak256("genesis"), guardian);
        vm.prank(guardian);
        models.rollback(FAMILY);
        assertEq(models.activeVersion(FAMILY), genesis);
        assertEq(models.previousVersion(FAMILY), 0);
    }

    function test_guardianCannotRollBackTwiceInARow() public {
        bytes32 second = proposeVersion("second");
        bytes32 third = proposeVersion("third");
        asTimelock();
        models.activate(second);
        asTimelock();
        models.activate(third);
        vm.prank(guardian);
        models.rollback(FAMILY);
        assertEq(models.activeVersion(FAMILY), second);
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.NothingToRollBack.selector, FAMILY));
        models.rollback(FAMILY);
        asTimelock();
        models.activate(third);
        vm.prank(guardian);
        models.rollback(FAMILY);
        assertEq(models.activeVersion(FAMILY), second);
    }

    function test_guardianCannotUndoTheFirstVersion() public {
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.NothingToRollBack.selector, FAMILY));
        models.rollback(FAMILY);
    }

    function test_guardianCanDoNothingElse() public {
        bytes32 next = proposeVersion("next");
        expectMissingRole(guardian, 0);
        vm.prank(guardian);
        models.activate(next);
        expectMissingRole(guardian, models.PROPOSER_ROLE());
        vm.prank(guardian);
        models.proposeVersion(FAMILY, ARTIFACT, REPORT, 0, 0, "");
        expectMissingRole(guardian, 0);
        vm.prank(guardian);
        models.grantRole(0, guardian);
    }

    function testFuzz_onlyTheGuardianRollsBack(address caller) public {
        vm.assume(caller != guardian);
        expectMissingRole(caller, models.GUARDIAN_ROLE());
        vm.prank(caller);
        models.rollback(FAMILY);
    }

    /// @dev Any order of activations and rollbacks agrees with a list of what was active.
    function testFuzz_rollbackIsOneStepOfHistory(uint8[12] memory moves) public {
        bytes32[3] memory ids = [genesis, proposeVersion("second"), proposeVersion("third")];
        bytes32 current = genesis;
        bytes32 previous = 0;
        for (uint256 i = 0; i < moves.length; ++i) {
            if (moves[i] % 4 == 3) {
                if (previous == 0) continue;
                vm.prank(guardian);
                models.rollback(FAMILY);
                (current, previous) = (previous, bytes32(0));
            } else {
                bytes32 chosen = ids[moves[i] % 4];
                if (chosen == current) continue;
                asTimelock();
                models.activate(chosen);
                (current, previous) = (chosen, current);
            }
            assertEq(models.activeVersion(FAMILY), current);
            assertEq(models.previousVersion(FAMILY), previous);
        }
    }
}
