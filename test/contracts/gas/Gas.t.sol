// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {CustodyHouse} from "../kit/CustodyHouse.sol";
import {PlainCustody} from "../kit/PlainCustody.sol";

/// @dev What each transaction costs as a whole, with its base fee and its input; `snapshots/` holds the figures.
/// hardhat-config: isolate = true
contract GasTest is CustodyHouse {
    uint256 private constant PER_EVENT_AT_256 = 250;
    uint256 private constant PER_EVENT_AT_1024 = 80;
    string private constant ARTIFACT_URI = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    function test_anchorsForLessThanTheLimitAnEvent() public {
        vm.prank(key);
        anchors.anchor(maker, keccak256("first"), 256, 0, SCHEMA, ARTIFACT_URI);
        uint256 first = vm.snapshotGasLastCall("TraceAnchor", "anchor, first batch of a partner");
        bytes32 head = anchors.head(maker);
        vm.prank(key);
        anchors.anchor(maker, ROOT, 256, head, SCHEMA, ARTIFACT_URI);
        uint256 following = vm.snapshotGasLastCall("TraceAnchor", "anchor, following batch");
        vm.snapshotValue("TraceAnchor", "anchor, an event of 256, first batch", first / 256);
        vm.snapshotValue("TraceAnchor", "anchor, an event of 256", following / 256);
        vm.snapshotValue("TraceAnchor", "anchor, an event of 1024", following / 1024);
        assertAtMost(following, PER_EVENT_AT_256 * 256);
        assertAtMost(following, PER_EVENT_AT_1024 * 1024);
        assertTrue(following > 21_000, "a whole transaction is measured");
    }

    /// @dev The first batch of a partner also opens its record, once in its life.
    function test_relaysForLessThanTheLimitAnEvent() public {
        bytes memory signature = signedAnchor(ROOT, 256, 0, ARTIFACT_URI, key, "key", DEADLINE);
        anchors.anchorBySig(maker, ROOT, 256, 0, SCHEMA, ARTIFACT_URI, key, DEADLINE, signature);
        vm.snapshotGasLastCall("TraceAnchor", "anchorBySig, first batch of a partner");
        bytes32 head = anchors.head(maker);
        bytes32 root = keccak256("second");
        signature = signedAnchor(root, 256, head, ARTIFACT_URI, key, "key", DEADLINE);
        anchors.anchorBySig(maker, root, 256, head, SCHEMA, ARTIFACT_URI, key, DEADLINE, signature);
        uint256 following = vm.snapshotGasLastCall("TraceAnchor", "anchorBySig, following batch");
        vm.snapshotValue("TraceAnchor", "anchorBySig, an event of 256", following / 256);
        vm.snapshotValue("TraceAnchor", "anchorBySig, an event of 1024", following / 1024);
        assertAtMost(following, PER_EVENT_AT_256 * 256);
        assertAtMost(following, PER_EVENT_AT_1024 * 1024);
    }

    function test_declaresAnError() public {
        bytes32[] memory leaves = leavesOf(1, 2);
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = leaves[1];
        bytes32 root = leaves[0] < leaves[1]
            ? keccak256(abi.encode(leaves[0], leaves[1]))
            : keccak256(abi.encode(leaves[1], leaves[0]));
        anchorNext(root, 2);
        vm.prank(key);
        anchors.declareError(maker, root, 0, leaves[0], proof, "wrong lot");
        vm.snapshotGasLastCall("TraceAnchor", "declareError, one level");
    }

    function test_writesTheRegistries() public {
        vm.prank(proposer);
        models.proposeVersion(FAMILY, keccak256("next"), keccak256("report"), keccak256("data"), 7, ARTIFACT_URI);
        vm.snapshotGasLastCall("ModelRegistry", "proposeVersion");
        bytes32 next = keccak256(abi.encode(FAMILY, keccak256("next")));
        vm.prank(address(timelock));
        models.activate(next);
        vm.prank(guardian);
        models.rollback(FAMILY);
        vm.snapshotGasLastCall("ModelRegistry", "rollback");
        vm.prank(address(timelock));
        partners.registerPartner(bob, "5412345000013", "Retailer", keccak256("more"));
        vm.snapshotGasLastCall("PartnerRegistry", "registerPartner");
        vm.prank(bob);
        partners.setSubmitter(bob, key, 0, KEY_UNTIL);
        vm.snapshotGasLastCall("PartnerRegistry", "setSubmitter");
        vm.prank(committer);
        forecasts.commit(FAMILY, genesis, uint64(START), KEY_UNTIL, ROOT, 512);
        vm.snapshotGasLastCall("ForecastLedger", "commit");
    }

    /// @dev Two-sided hand-over costs no more than approval and transfer of a plain token, which asks nobody's right.
    function test_handsOverForNoMoreThanPlainly() public {
        PlainCustody plain = new PlainCustody();
        vm.prank(maker);
        plain.offerNew(UNIT, carrier);
        uint256 plainly = vm.snapshotGasLastCall("Custody", "offer, first of a unit, plain OpenZeppelin token");
        vm.prank(carrier);
        plain.accept(UNIT);
        plainly += vm.snapshotGasLastCall("Custody", "accept, plain OpenZeppelin token");
        offer(maker, maker, carrier, 1);
        uint256 ours = vm.snapshotGasLastCall("Custody", "offer, first of a unit");
        accept(carrier, 1);
        ours += vm.snapshotGasLastCall("Custody", "accept");
        assertAtMost(ours, plainly);
        offer(carrier, carrier, maker, 1);
        vm.snapshotGasLastCall("Custody", "offer, following");
        vm.prank(maker);
        custody.reject(maker, units(1), "seal broken");
        vm.snapshotGasLastCall("Custody", "reject");
    }

    function test_handsOverInBulk() public {
        offer(maker, maker, carrier, 50);
        vm.snapshotValue("Custody", "offer, a unit of 50", vm.snapshotGasLastCall("Custody", "offer, 50 units") / 50);
        accept(carrier, 50);
        vm.snapshotValue("Custody", "accept, a unit of 50", vm.snapshotGasLastCall("Custody", "accept, 50 units") / 50);
    }

    function test_recalls() public {
        vm.prank(maker);
        bytes32 id = recalls.open(maker, keccak256("criteria"), ROOT, 512, ARTIFACT_URI);
        vm.snapshotGasLastCall("RecallNotice", "open");
        vm.prank(carrier);
        recalls.acknowledge(carrier, id, 12_000);
        vm.snapshotGasLastCall("RecallNotice", "acknowledge");
        vm.prank(maker);
        recalls.close(maker, id, "all back");
        vm.snapshotGasLastCall("RecallNotice", "close");
    }
}
