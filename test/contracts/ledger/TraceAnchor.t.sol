// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {TraceAnchor} from "../../../contracts/ledger/TraceAnchor.sol";
import {PartnerRegistry} from "../../../contracts/registry/PartnerRegistry.sol";
import {AnchorHouse} from "../kit/AnchorHouse.sol";
import {Tree} from "../kit/Tree.sol";

/// @dev A wallet that is a contract and signs with its owner's key.
contract Wallet is IERC1271 {
    address private immutable _owner;

    constructor(address owner) {
        _owner = owner;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.recover(digest, signature) == _owner ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}

contract TraceAnchorTest is AnchorHouse {
    function test_refusesARegistryThatIsNone() public {
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.ZeroRegistry.selector));
        new TraceAnchor(PartnerRegistry(address(0)));
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.ZeroRegistry.selector));
        new TraceAnchor(PartnerRegistry(alice));
        assertEq(address(anchors.registry()), address(partners));
    }

    function testFuzz_anchorsABatch(bytes32 root, uint32 count, bytes32 schemaId, string memory uri) public {
        vm.assume(root != 0 && count != 0);
        bytes32 head = keccak256(abi.encode(bytes32(0), root, count, schemaId, uint64(1)));
        vm.expectEmit(address(anchors));
        emit TraceAnchor.Anchored(maker, root, 1, count, 0, head, schemaId, key, uri);
        vm.prank(key);
        anchors.anchor(maker, root, count, 0, schemaId, uri);
        assertEq(anchors.head(maker), head);
        assertEq(uint256(anchors.seq(maker)), 1);
    }

    function test_aPartnerAnchorsForItself() public {
        vm.prank(maker);
        anchors.anchor(maker, ROOT, 1, 0, SCHEMA, "");
        assertEq(uint256(anchors.seq(maker)), 1);
    }

    function testFuzz_refusesAnyoneElse(address caller) public {
        vm.assume(caller != maker && caller != key);
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.NotSubmitter.selector, maker, caller));
        anchors.anchor(maker, ROOT, 1, 0, SCHEMA, "");
    }

    function test_refusesAKeyThatExpiredOrWhosePartnerLeft() public {
        vm.warp(KEY_UNTIL);
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.NotSubmitter.selector, maker, key));
        anchors.anchor(maker, ROOT, 1, 0, SCHEMA, "");
        vm.prank(address(timelock));
        partners.removePartner(maker);
        vm.prank(maker);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.NotSubmitter.selector, maker, maker));
        anchors.anchor(maker, ROOT, 1, 0, SCHEMA, "");
    }

    function test_refusesEmptyBatches() public {
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.ZeroRoot.selector));
        anchors.anchor(maker, 0, 1, 0, SCHEMA, "");
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.EmptyBatch.selector));
        anchors.anchor(maker, ROOT, 0, 0, SCHEMA, "");
    }

    function testFuzz_refusesABatchThatDoesNotFollow(bytes32 given) public {
        bytes32 head = anchorNext(ROOT, 3);
        vm.assume(given != head);
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.PrevHeadMismatch.selector, head, given));
        anchors.anchor(maker, keccak256("second"), 1, given, SCHEMA, "");
    }

    /// @dev The head has moved on, so a batch that is sent again by mistake does not fit.
    function test_refusesABatchSentTwiceForOnePartnerOnly() public {
        bytes32 head = anchorNext(ROOT, 3);
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.PrevHeadMismatch.selector, head, bytes32(0)));
        anchors.anchor(maker, ROOT, 3, 0, SCHEMA, "");
        vm.prank(carrier);
        anchors.anchor(carrier, ROOT, 3, 0, SCHEMA, "");
        assertEq(uint256(anchors.seq(carrier)), 1);
    }

    function testFuzz_relaysASignedBatch(address relayer, bytes32 root, uint32 count, string memory uri) public {
        vm.assume(root != 0 && count != 0);
        bytes memory signature = signedAnchor(root, count, 0, uri, key, "key", DEADLINE);
        bytes32 head = keccak256(abi.encode(bytes32(0), root, count, SCHEMA, uint64(1)));
        vm.expectEmit(address(anchors));
        emit TraceAnchor.Anchored(maker, root, 1, count, 0, head, SCHEMA, key, uri);
        vm.prank(relayer);
        anchors.anchorBySig(maker, root, count, 0, SCHEMA, uri, key, DEADLINE, signature);
        assertEq(anchors.head(maker), head);
    }

    function test_refusesAReplay() public {
        bytes memory signature = signedAnchor(ROOT, 1, 0, "", key, "key", DEADLINE);
        anchors.anchorBySig(maker, ROOT, 1, 0, SCHEMA, "", key, DEADLINE, signature);
        bytes32 head = anchors.head(maker);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.PrevHeadMismatch.selector, head, bytes32(0)));
        anchors.anchorBySig(maker, ROOT, 1, 0, SCHEMA, "", key, DEADLINE, signature);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.InvalidSignature.selector, key));
        anchors.anchorBySig(maker, ROOT, 1, head, SCHEMA, "", key, DEADLINE, signature);
    }

    function test_refusesAReplayAtAnotherContract() public {
        bytes memory signature = signedAnchor(ROOT, 1, 0, "", key, "key", DEADLINE);
        TraceAnchor twin = new TraceAnchor(partners);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.InvalidSignature.selector, key));
        twin.anchorBySig(maker, ROOT, 1, 0, SCHEMA, "", key, DEADLINE, signature);
    }

    function test_refusesALateSignature() public {
        bytes memory signature = signedAnchor(ROOT, 1, 0, "", key, "key", DEADLINE);
        vm.warp(DEADLINE + 1);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.SignatureExpired.selector, DEADLINE));
        anchors.anchorBySig(maker, ROOT, 1, 0, SCHEMA, "", key, DEADLINE, signature);
    }

    /// @dev Whatever one part is changed to, the signature no longer fits.
    function testFuzz_aSignatureFitsItsBatchOnly(uint8 part, uint32 other) public {
        bytes memory signature = signedAnchor(ROOT, 1, 0, "", key, "key", DEADLINE);
        part = part % 7;
        vm.assume(other > 1);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.InvalidSignature.selector, part == 6 ? maker : key));
        anchors.anchorBySig(
            part == 0 ? carrier : maker,
            part == 1 ? bytes32(uint256(other)) : ROOT,
            part == 2 ? other : 1,
            part == 3 ? bytes32(uint256(other)) : bytes32(0),
            part == 4 ? bytes32(uint256(other)) : SCHEMA,
            part == 5 ? "elsewhere" : "",
            part == 6 ? maker : key,
            DEADLINE,
            signature
        );
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.InvalidSignature.selector, key));
        anchors.anchorBySig(maker, ROOT, 1, 0, SCHEMA, "", key, DEADLINE + other, signature);
    }

    function test_refusesASignerWhoDoesNotSpeakForThePartner() public {
        bytes memory signature = signedAnchor(ROOT, 1, 0, "", bob, "bob", DEADLINE);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.NotSubmitter.selector, maker, bob));
        anchors.anchorBySig(maker, ROOT, 1, 0, SCHEMA, "", bob, DEADLINE, signature);
    }

    /// @dev Batches may be signed ahead: each signature waits until its head has come.
    function test_takesSignaturesMadeAheadInOrderOnly() public {
        bytes32 second = keccak256("second");
        bytes32 head = keccak256(abi.encode(bytes32(0), ROOT, uint32(1), SCHEMA, uint64(1)));
        bytes memory first = signedAnchor(ROOT, 1, 0, "", key, "key", DEADLINE);
        bytes memory ahead = signedAnchor(second, 2, head, "", key, "key", DEADLINE);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.PrevHeadMismatch.selector, bytes32(0), head));
        anchors.anchorBySig(maker, second, 2, head, SCHEMA, "", key, DEADLINE, ahead);
        anchors.anchorBySig(maker, ROOT, 1, 0, SCHEMA, "", key, DEADLINE, first);
        anchors.anchorBySig(maker, second, 2, head, SCHEMA, "", key, DEADLINE, ahead);
        assertEq(uint256(anchors.seq(maker)), 2);
    }

    function testFuzz_carriesAPayload(bytes memory payload) public {
        vm.assume(payload.length > 0);
        TraceAnchor.Batch memory batch = TraceAnchor.Batch(maker, ROOT, 2, 0, SCHEMA, "");
        vm.expectEmit(address(anchors));
        emit TraceAnchor.PayloadCarried(maker, ROOT, 1, payload);
        vm.prank(key);
        anchors.anchorWithPayload(batch, payload);
        batch.prevHead = anchors.head(maker);
        bytes memory signature = signedPayload(batch, payload, key, "key");
        vm.expectEmit(address(anchors));
        emit TraceAnchor.PayloadCarried(maker, ROOT, 2, payload);
        anchors.anchorWithPayloadBySig(batch, payload, key, DEADLINE, signature);
    }

    function test_refusesAPayloadThatIsEmptyOrWasNotSigned() public {
        TraceAnchor.Batch memory batch = TraceAnchor.Batch(maker, ROOT, 2, 0, SCHEMA, "");
        bytes memory signature = signedPayload(batch, "events", key, "key");
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.EmptyPayload.selector));
        anchors.anchorWithPayload(batch, "");
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.InvalidSignature.selector, key));
        anchors.anchorWithPayloadBySig(batch, "others", key, DEADLINE, signature);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.InvalidSignature.selector, key));
        anchors.anchorBySig(maker, ROOT, 2, 0, SCHEMA, "", key, DEADLINE, signature);
        vm.warp(DEADLINE + 1);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.SignatureExpired.selector, DEADLINE));
        anchors.anchorWithPayloadBySig(batch, "events", key, DEADLINE, signature);
    }

    function test_takesTheSignatureOfAContractWallet() public {
        Wallet wallet = new Wallet(bob);
        vm.prank(maker);
        partners.setSubmitter(maker, address(wallet), 0, KEY_UNTIL);
        bytes memory signature = signedAnchor(ROOT, 1, 0, "", address(wallet), "bob", DEADLINE);
        anchors.anchorBySig(maker, ROOT, 1, 0, SCHEMA, "", address(wallet), DEADLINE, signature);
        assertEq(uint256(anchors.seq(maker)), 1);
    }

    function testFuzz_provesEachLeafAndNoOther(uint256 seed, uint256 index, bytes32 other) public {
        bytes32[] memory leaves = leavesOf(seed, 8);
        index = bound(index, 0, 7);
        vm.assume(other != leaves[index]);
        bytes32 root = Tree.root(leaves);
        bytes32[] memory proof = Tree.proof(leaves, index);
        TraceAnchor.Link[] memory links = new TraceAnchor.Link[](1);
        links[0] = TraceAnchor.Link(root, 8, SCHEMA);
        bytes32 leaf = leaves[index];
        assertTrue(!anchors.verifyLeaf(maker, 0, 0, links, leaf, proof), "not before it is anchored");
        bytes32 before = anchorNext(ROOT, 1);
        anchorNext(root, 8);
        assertTrue(anchors.verifyLeaf(maker, before, 1, links, leaf, proof), "each leaf");
        assertTrue(!anchors.verifyLeaf(maker, before, 1, links, other, proof), "no other leaf");
        assertTrue(!anchors.verifyLeaf(carrier, before, 1, links, leaf, proof), "of its partner only");
        assertTrue(!anchors.verifyLeaf(maker, before, 0, links, leaf, proof), "at its place only");
        assertTrue(!anchors.verifyLeaf(maker, before, 1, new TraceAnchor.Link[](0), leaf, proof), "not of nothing");
        proof[index % 3] ^= bytes32(uint256(1));
        assertTrue(!anchors.verifyLeaf(maker, before, 1, links, leaf, proof), "no other proof");
    }

    function test_provesALeafOfAnEarlierBatchByAllThatCameAfter() public {
        bytes32[] memory leaves = leavesOf(1, 4);
        bytes32[] memory proof = Tree.proof(leaves, 2);
        TraceAnchor.Link[] memory links = new TraceAnchor.Link[](3);
        links[0] = TraceAnchor.Link(Tree.root(leaves), 4, SCHEMA);
        links[1] = TraceAnchor.Link(keccak256("second"), 7, SCHEMA);
        links[2] = TraceAnchor.Link(keccak256("third"), 1, SCHEMA);
        for (uint256 i = 0; i < 3; ++i) anchorNext(links[i].root, links[i].count);
        assertTrue(anchors.verifyLeaf(maker, 0, 0, links, leaves[2], proof), "led to the head");
        links[1].count = 8;
        assertTrue(!anchors.verifyLeaf(maker, 0, 0, links, leaves[2], proof), "a later batch altered");
    }

    function test_declaresAnError() public {
        bytes32[] memory leaves = leavesOf(1, 4);
        bytes32 root = Tree.root(leaves);
        anchorNext(root, 4);
        vm.expectEmit(address(anchors));
        emit TraceAnchor.ErrorDeclared(maker, root, leaves[2], 2, "wrong lot", key);
        vm.prank(key);
        anchors.declareError(maker, root, 2, leaves[2], Tree.proof(leaves, 2), "wrong lot");
    }

    function test_refusesAnErrorFromAnyoneElseOrWithoutProof() public {
        bytes32[] memory leaves = leavesOf(1, 4);
        bytes32 root = Tree.root(leaves);
        bytes32[] memory proof = Tree.proof(leaves, 2);
        anchorNext(root, 4);
        vm.prank(carrier);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.NotSubmitter.selector, maker, carrier));
        anchors.declareError(maker, root, 2, leaves[2], proof, "");
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.InvalidProof.selector));
        anchors.declareError(maker, root, 2, leaves[1], proof, "");
    }
}
