// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TraceAnchor} from "../../../contracts/ledger/TraceAnchor.sol";
import {House} from "./House.sol";

/// @dev The house with two partners and a submitter key.
abstract contract AnchorHouse is House {
    bytes32 internal constant ROOT = keccak256("root");
    bytes32 internal constant SCHEMA = keccak256("schema");
    uint64 internal constant KEY_UNTIL = uint64(START + 30 days);
    uint256 internal constant DEADLINE = START + 1 days;

    address internal maker = account("maker");
    address internal carrier = account("carrier");
    address internal key = account("key");

    function setUp() public virtual override {
        super.setUp();
        vm.prank(address(timelock));
        partners.registerPartner(maker, "0614141000005", "Maker", 0);
        vm.prank(address(timelock));
        partners.registerPartner(carrier, "4012345000009", "Carrier", 0);
        vm.prank(maker);
        partners.setSubmitter(maker, key, 0, KEY_UNTIL);
    }

    /// @dev Anchors the maker's next batch and gives its new head.
    function anchorNext(bytes32 root, uint32 count) internal returns (bytes32) {
        bytes32 head = anchors.head(maker);
        vm.prank(key);
        anchors.anchor(maker, root, count, head, SCHEMA, "");
        return anchors.head(maker);
    }

    function leavesOf(uint256 seed, uint256 count) internal pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) leaves[i] = keccak256(abi.encode(seed, i));
    }

    /// @dev What the named account signs for the maker's batch.
    function signedAnchor(
        bytes32 root,
        uint32 count,
        bytes32 prevHead,
        string memory uri,
        address submitter,
        string memory signer,
        uint256 deadline
    ) internal view returns (bytes memory) {
        bytes memory fields = abi.encode(maker, root, count, prevHead, SCHEMA, keccak256(bytes(uri)), submitter);
        return signed(bytes.concat(anchors.ANCHOR_TYPEHASH(), fields, abi.encode(deadline)), signer);
    }

    /// @dev What the named account signs for a batch of the maker and its payload.
    function signedPayload(
        TraceAnchor.Batch memory batch,
        bytes memory payload,
        address submitter,
        string memory signer
    ) internal view returns (bytes memory) {
        bytes memory fields = abi.encode(
            batch.partner,
            batch.root,
            batch.count,
            batch.prevHead,
            batch.schemaId,
            keccak256(bytes(batch.uri)),
            keccak256(payload)
        );
        bytes memory rest = abi.encode(submitter, DEADLINE);
        return signed(bytes.concat(anchors.ANCHOR_WITH_PAYLOAD_TYPEHASH(), fields, rest), signer);
    }

    function signed(bytes memory encodedStruct, string memory signer) private view returns (bytes memory) {
        bytes32 structHash = keccak256(encodedStruct);
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", anchors.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf(signer), digest);
        return abi.encodePacked(r, s, v);
    }
}
