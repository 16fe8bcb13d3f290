// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @dev The plain composition that custody is measured against: a unit is a token, an offer an approval, an acceptance
/// a transfer by the approved. It has no deadline, no refusal and no registry.
contract PlainCustody is ERC721 {
    constructor() ERC721("Units", "UNIT") {}

    function offerNew(bytes32 unit, address to) external {
        _mint(msg.sender, uint256(unit));
        approve(to, uint256(unit));
    }

    function accept(bytes32 unit) external {
        transferFrom(ownerOf(uint256(unit)), msg.sender, uint256(unit));
    }
}
