// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TraceAnchor} from "../../../contracts/ledger/TraceAnchor.sol";
import {AnchorHouse} from "../kit/AnchorHouse.sol";
import {Test} from "../kit/Test.sol";

/// @dev Two partners that anchor at random, now and then with a wrong head, and a diary of what passed.
contract Anchorers is Test {
    struct Batch {
        bytes32 root;
        uint32 count;
        bytes32 schemaId;
    }

    TraceAnchor private immutable _anchors;
    address[2] private _partners;
    mapping(address partner => Batch[]) private _diary;

    constructor(TraceAnchor anchors, address[2] memory partners) {
        (_anchors, _partners) = (anchors, partners);
    }

    function anchor(uint256 who, uint256 number, uint32 count, bytes32 schemaId, bool wrongHead) external {
        address partner = _partners[who % 2];
        bytes32 root = keccak256(abi.encode(number % 24));
        bytes32 head = _anchors.head(partner);
        bytes32 given = wrongHead && number % 3 == 0 ? keccak256(abi.encode(head)) : head;
        bool fits = given == head && count != 0;
        vm.prank(partner);
        try _anchors.anchor(partner, root, count, given, schemaId, "") {
            assertTrue(fits, "a wrong batch is refused");
            _diary[partner].push(Batch(root, count, schemaId));
        } catch {
            assertTrue(!fits, "a right batch is taken");
        }
    }

    /// @dev The head that the diary leads to.
    function recomputed(address partner) external view returns (bytes32 head, uint64 seq) {
        Batch[] storage diary = _diary[partner];
        for (; seq < diary.length; ) {
            Batch storage batch = diary[seq];
            head = keccak256(abi.encode(head, batch.root, batch.count, batch.schemaId, ++seq));
        }
    }
}

contract TraceAnchorInvariants is AnchorHouse {
    Anchorers private handler;

    function setUp() public override {
        super.setUp();
        handler = new Anchorers(anchors, [maker, carrier]);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_headsRecomputeFromTheBatches() public view {
        address[2] memory both = [maker, carrier];
        for (uint256 i = 0; i < 2; ++i) {
            (bytes32 head, uint64 seq) = handler.recomputed(both[i]);
            assertEq(anchors.head(both[i]), head);
            assertEq(uint256(anchors.seq(both[i])), seq);
        }
    }
}
