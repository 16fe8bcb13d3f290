// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {VotesExtended} from "@openzeppelin/contracts/governance/utils/VotesExtended.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title Votes of the Tallyhouse members
/// @notice A fixed supply, minted once at deployment; nobody can mint or burn afterwards. Voting power follows
/// delegation and is looked up at a second of time, not at a block, so that chains with uneven blocks agree. Past
/// delegates and balances are kept too: with them a member may override their delegate's vote.
contract TallyToken is ERC20, ERC20Permit, ERC20Votes, VotesExtended {
    /// @notice There is nobody to mint to.
    error NoHolders();

    /// @notice The two lists of the constructor differ in length.
    error LengthMismatch(uint256 holders, uint256 amounts);

    /// @notice A holder was listed with nothing to hold.
    error ZeroAmount(address holder);

    /// @notice Mints the whole supply.
    /// @param holders Accounts that receive tokens.
    /// @param amounts Amount of each, in the token's smallest unit (18 decimals).
    constructor(address[] memory holders, uint256[] memory amounts) ERC20("Tally", "TALLY") ERC20Permit("Tally") {
        if (holders.length == 0) revert NoHolders();
        if (holders.length != amounts.length) revert LengthMismatch(holders.length, amounts.length);
        for (uint256 i = 0; i < holders.length; ++i) {
            if (amounts[i] == 0) revert ZeroAmount(holders[i]);
            _mint(holders[i], amounts[i]);
        }
    }

    /// @notice The clock of voting power: unix seconds (ERC-6372).
    /// @return Seconds of the current block.
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice How to read {clock} (ERC-6372).
    /// @return The machine-readable mode.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @notice Next nonce for permits and for delegation by signature; both draw from one sequence.
    /// @param owner The signer.
    /// @return The nonce to sign next.
    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }

    function _delegate(address account, address delegatee) internal override(Votes, VotesExtended) {
        super._delegate(account, delegatee);
    }

    function _transferVotingUnits(address from, address to, uint256 amount) internal override(Votes, VotesExtended) {
        super._transferVotingUnits(from, to, amount);
    }
}
