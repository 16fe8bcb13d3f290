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
        assertEq(uint256(anchors.anchoredAt(maker, root)), block.timestamp);
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

    function test_refusesARootTwiceForOnePartnerOnly() public {
        bytes32 head = anchorNext(ROOT, 3);
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.RootAnchored.selector, ROOT));
        anchors.anchor(maker, ROOT, 3, head, SCHEMA, "");
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
        assertEq(anchors.nonces(key), 1);
    }

    function test_refusesAReplay() public {
        bytes memory signature = signedAnchor(ROOT, 1, 0, "", key, "key", DEADLINE);
        anchors.anchorBySig(maker, ROOT, 1, 0, SCHEMA, "", key, DEADLINE, signature);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.InvalidSignature.selector, key));
        anchors.anchorBySig(maker, ROOT, 1, 0, SCHEMA, "", key, DEADLINE, signature);
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

    function test_aRefusedBatchDoesNotUseTheNonce() public {
        bytes memory signature = signedAnchor(ROOT, 1, "wrong", "", key, "key", DEADLINE);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.PrevHeadMismatch.selector, bytes32(0), bytes32("wrong")));
        anchors.anchorBySig(maker, ROOT, 1, "wrong", SCHEMA, "", key, DEADLINE, signature);
        assertEq(anchors.nonces(key), 0);
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
        assertTrue(!anchors.verifyLeaf(maker, root, leaves[index], proof), "not before it is anchored");
        anchorNext(root, 8);
        assertTrue(anchors.verifyLeaf(maker, root, leaves[index], proof), "each leaf");
        assertTrue(!anchors.verifyLeaf(maker, root, other, proof), "no other leaf");
        assertTrue(!anchors.verifyLeaf(carrier, root, leaves[index], proof), "of its partner only");
        proof[index % 3] ^= bytes32(uint256(1));
        assertTrue(!anchors.verifyLeaf(maker, root, leaves[index], proof), "no other proof");
    }

    function test_declaresAnError() public {
        bytes32[] memory leaves = leavesOf(1, 4);
        bytes32 root = Tree.root(leaves);
        anchorNext(root, 4);
        vm.expectEmit(address(anchors));
        emit TraceAnchor.ErrorDeclared(maker, root, leaves[2], 2, "wrong lot", key);
        vm.prank(key);
        anchors.declareError(maker, root, 2, leaves[2], Tree.proof(leaves, 2), "wrong lot");
        assertTrue(anchors.verifyLeaf(maker, root, leaves[2], Tree.proof(leaves, 2)), "the event stays");
    }

    function test_refusesAnErrorFromAnyoneElseOrOfNothing() public {
        bytes32[] memory leaves = leavesOf(1, 4);
        bytes32 root = Tree.root(leaves);
        bytes32[] memory proof = Tree.proof(leaves, 2);
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.UnknownRoot.selector, root));
        anchors.declareError(maker, root, 2, leaves[2], proof, "");
        anchorNext(root, 4);
        vm.prank(carrier);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.NotSubmitter.selector, maker, carrier));
        anchors.declareError(maker, root, 2, leaves[2], proof, "");
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.IndexOutOfRange.selector, 4, 4));
        anchors.declareError(maker, root, 4, leaves[2], proof, "");
        vm.prank(key);
        vm.expectRevert(abi.encodeWithSelector(TraceAnchor.InvalidProof.selector));
        anchors.declareError(maker, root, 2, leaves[1], proof, "");
    }
}
