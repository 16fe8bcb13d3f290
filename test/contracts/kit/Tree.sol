// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @dev A Merkle tree over a power of two of leaves, pairs sorted.
library Tree {
    function root(bytes32[] memory leaves) internal pure returns (bytes32) {
        bytes32[] memory level = leaves;
        while (level.length > 1) level = above(level);
        return level[0];
    }

    function proof(bytes32[] memory leaves, uint256 index) internal pure returns (bytes32[] memory path) {
        uint256 depth = 0;
        while (1 << depth < leaves.length) ++depth;
        path = new bytes32[](depth);
        bytes32[] memory level = leaves;
        for (uint256 i = 0; i < depth; ++i) {
            path[i] = level[index ^ 1];
            level = above(level);
            index >>= 1;
        }
    }

    function above(bytes32[] memory level) private pure returns (bytes32[] memory next) {
        next = new bytes32[](level.length / 2);
        for (uint256 i = 0; i < next.length; ++i) {
            next[i] = Hashes.commutativeKeccak256(level[2 * i], level[2 * i + 1]);
        }
    }
}
