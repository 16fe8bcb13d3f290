// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {House} from "./House.sol";

/// @dev A wallet that is a contract: it accepts what its owner signed (ERC-1271).
contract SmartWallet is IERC1271 {
    address private immutable _owner;

    constructor(address owner) {
        _owner = owner;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.recover(hash, signature) == _owner ? IERC1271.isValidSignature.selector : bytes4(0);
    }

    /// @dev Sends a call, as a wallet does for its owner.
    function send(address target, bytes calldata call) external returns (bytes memory result) {
        bool done;
        (done, result) = target.call(call);
        if (!done) revert();
    }
}

/// @dev Signs ballots as a wallet does: EIP-712, by the governor's own domain.
abstract contract Ballots is House {
    bytes32 private constant DOMAIN =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant BALLOT =
        keccak256("Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)");
    bytes32 private constant OVERRIDE_BALLOT =
        keccak256("OverrideBallot(uint256 proposalId,uint8 support,address voter,uint256 nonce,string reason)");

    function signedBallot(
        address target,
        uint256 id,
        uint8 support,
        address voter,
        string memory signer
    ) internal view returns (bytes memory) {
        uint256 nonce = Governor(payable(target)).nonces(voter);
        return signedFor(target, keccak256(abi.encode(BALLOT, id, support, voter, nonce)), signer);
    }

    function signedOverride(
        uint256 id,
        uint8 support,
        address voter,
        string memory reason,
        string memory signer
    ) internal view returns (bytes memory) {
        bytes memory fields = abi.encode(OVERRIDE_BALLOT, id, support, voter, governor.nonces(voter));
        bytes32 structHash = keccak256(bytes.concat(fields, abi.encode(keccak256(bytes(reason)))));
        return signedFor(address(governor), structHash, signer);
    }

    function signedFor(address target, bytes32 structHash, string memory signer) private view returns (bytes memory) {
        (, string memory name, string memory version, uint256 chain, address verifying, , ) = IERC5267(target)
            .eip712Domain();
        bytes32 domain = keccak256(
            abi.encode(DOMAIN, keccak256(bytes(name)), keccak256(bytes(version)), chain, verifying)
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(
            keyOf(signer),
            keccak256(abi.encodePacked("\x19\x01", domain, structHash))
        );
        return abi.encodePacked(r, s, v);
    }
}
