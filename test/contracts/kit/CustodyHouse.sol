// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AnchorHouse} from "./AnchorHouse.sol";

/// @dev The house with units on their way from the maker to the carrier.
abstract contract CustodyHouse is AnchorHouse {
    bytes32 internal constant UNIT = keccak256("040123450000003338");
    uint64 internal constant OFFER_UNTIL = uint64(START + 3 days);

    function units(uint256 count) internal pure returns (bytes32[] memory list) {
        list = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) list[i] = i == 0 ? UNIT : keccak256(abi.encode("unit", i));
    }

    function offer(address by, address from, address to, uint256 count) internal {
        vm.prank(by);
        custody.offer(from, to, OFFER_UNTIL, units(count));
    }

    function accept(address by, uint256 count) internal {
        vm.prank(by);
        custody.accept(by, units(count));
    }
}
