// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

/// @title Who takes part, and which keys speak for them
/// @notice Governance admits and removes partners; a partner keeps its own list of submitter keys.
contract PartnerRegistry is AccessControl {
    /// @notice May admit and remove partners and set submitters for them.
    bytes32 public constant REGISTRAR_ROLE = keccak256("REGISTRAR_ROLE");

    struct Partner {
        bool registered;
        uint64 generation;
        bytes32 glnHash;
    }

    struct Validity {
        uint64 from;
        uint64 until;
    }

    mapping(address partner => Partner) private _partners;
    mapping(bytes32 glnHash => address partner) private _partnerOfGln;
    /// @dev A generation is one registration: keys of an earlier one do not come back when a partner returns.
    mapping(address partner => mapping(uint64 generation => mapping(address submitter => Validity))) private _keys;

    /// @notice A partner was admitted.
    event PartnerRegistered(address indexed partner, string gln, string name, bytes32 metadataHash);

    /// @notice A partner was removed, and all its submitters with it.
    event PartnerRemoved(address indexed partner);

    /// @notice A submitter speaks for a partner from `validFrom` until before `validUntil` (unix seconds).
    event SubmitterSet(address indexed partner, address indexed submitter, uint64 validFrom, uint64 validUntil);

    /// @notice An account must not be zero.
    error ZeroAddress();
    /// @notice A partner needs a name.
    error EmptyName();
    /// @notice Not thirteen digits with a right GS1 check digit.
    error InvalidGln(string gln);
    /// @notice Another partner has this GLN.
    error GlnTaken(string gln, address partner);
    /// @notice The partner is there already.
    error PartnerExists(address partner);
    /// @notice No such partner.
    error UnknownPartner(address partner);
    /// @notice Neither the partner itself nor a registrar.
    error NotPartnerOrRegistrar(address caller);
    /// @notice A validity must end after it begins; zero and zero revokes.
    error InvalidValidity(uint64 validFrom, uint64 validUntil);

    /// @notice Makes one account administrator and registrar.
    /// @param admin The timelock, or a deployer that hands over to it.
    constructor(address admin) {
        if (admin == address(0)) revert ZeroAddress();
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(REGISTRAR_ROLE, admin);
    }

    /// @notice Admits a partner.
    /// @param partner Its account.
    /// @param gln Its GS1 Global Location Number, thirteen digits, held by no other partner.
    /// @param name Its name.
    /// @param metadataHash Hash of what else is known of it; zero when nothing is.
    function registerPartner(
        address partner,
        string calldata gln,
        string calldata name,
        bytes32 metadataHash
    ) external onlyRole(REGISTRAR_ROLE) {
        if (partner == address(0)) revert ZeroAddress();
        if (bytes(name).length == 0) revert EmptyName();
        if (!_isGln(bytes(gln))) revert InvalidGln(gln);
        Partner storage entry = _partners[partner];
        if (entry.registered) revert PartnerExists(partner);
        bytes32 glnHash = keccak256(bytes(gln));
        address holder = _partnerOfGln[glnHash];
        if (holder != address(0)) revert GlnTaken(gln, holder);
        entry.registered = true;
        entry.generation += 1;
        entry.glnHash = glnHash;
        _partnerOfGln[glnHash] = partner;
        emit PartnerRegistered(partner, gln, name, metadataHash);
    }

    /// @notice Removes a partner; what it anchored stays.
    /// @param partner Its account.
    function removePartner(address partner) external onlyRole(REGISTRAR_ROLE) {
        Partner storage entry = _partners[partner];
        if (!entry.registered) revert UnknownPartner(partner);
        delete _partnerOfGln[entry.glnHash];
        entry.registered = false;
        entry.glnHash = 0;
        emit PartnerRemoved(partner);
    }

    /// @notice Lets a key speak for a partner for a time, or revokes it (zero and zero).
    /// @param partner The partner; the caller is it or a registrar.
    /// @param submitter The key.
    /// @param validFrom First second it is valid.
    /// @param validUntil First second it is no longer valid.
    function setSubmitter(address partner, address submitter, uint64 validFrom, uint64 validUntil) external {
        if (msg.sender != partner && !hasRole(REGISTRAR_ROLE, msg.sender)) revert NotPartnerOrRegistrar(msg.sender);
        Partner storage entry = _partners[partner];
        if (!entry.registered) revert UnknownPartner(partner);
        if (submitter == address(0)) revert ZeroAddress();
        bool revokes = validFrom == 0 && validUntil == 0;
        if (!revokes && validFrom >= validUntil) revert InvalidValidity(validFrom, validUntil);
        _keys[partner][entry.generation][submitter] = Validity(validFrom, validUntil);
        emit SubmitterSet(partner, submitter, validFrom, validUntil);
    }

    /// @notice Whether an account speaks for a partner at a time. A registered partner always speaks for itself.
    /// @param partner The partner.
    /// @param submitter The account.
    /// @param time Unix seconds.
    /// @return True when the partner is registered now and the account is it or a key valid at that time.
    function isSubmitter(address partner, address submitter, uint64 time) external view returns (bool) {
        Partner storage entry = _partners[partner];
        if (!entry.registered) return false;
        if (submitter == partner) return true;
        Validity storage validity = _keys[partner][entry.generation][submitter];
        return validity.from <= time && time < validity.until;
    }

    /// @notice Whether a partner is registered now.
    /// @param partner Its account.
    /// @return True when it is.
    function isPartner(address partner) external view returns (bool) {
        return _partners[partner].registered;
    }

    /// @notice Who holds a GLN.
    /// @param gln Thirteen digits.
    /// @return The partner, zero when nobody does.
    function partnerOfGln(string calldata gln) external view returns (address) {
        return _partnerOfGln[keccak256(bytes(gln))];
    }

    /// @dev GS1 check digit: weights 1 and 3 alternate from the left over thirteen digits, the sum divides by ten.
    function _isGln(bytes calldata digits) private pure returns (bool) {
        if (digits.length != 13) return false;
        uint256 sum = 0;
        for (uint256 i = 0; i < 13; ++i) {
            uint8 character = uint8(digits[i]);
            if (character < 0x30 || character > 0x39) return false;
            sum += (character - 0x30) * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }
}
