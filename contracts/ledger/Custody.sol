// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {PartnerRegistry} from "../registry/PartnerRegistry.sol";

/// @title Who holds which logistic unit
/// @notice A unit changes hands in two steps by two parties: its holder offers it, the other accepts or rejects. What is
/// neither before its deadline has expired, and the holder is who it was. A unit is known by a hash alone, of its SSCC
/// by custom; whoever does not know the SSCC sees only that something moved.
contract Custody is AccessControl {
    /// @notice May take a unit out of all hands, when partners cannot settle who holds it. Held by the timelock.
    bytes32 public constant ARBITER_ROLE = keccak256("ARBITER_ROLE");

    struct Offer {
        address to;
        uint64 deadline;
    }

    PartnerRegistry private immutable _registry;
    mapping(bytes32 unit => address partner) private _holders;
    mapping(bytes32 unit => Offer) private _offers;

    /// @notice A unit was offered; it can be answered up to and including `deadline` (unix seconds).
    event CustodyOffered(bytes32 indexed unit, address indexed from, address indexed to, uint64 deadline);

    /// @notice The recipient has the unit now.
    event CustodyAccepted(bytes32 indexed unit, address indexed from, address indexed to);

    /// @notice The recipient does not take the unit; its holder is who it was.
    event CustodyRejected(bytes32 indexed unit, address indexed from, address indexed to, string reason);

    /// @notice The holder took its offer back before it was answered.
    event CustodyWithdrawn(bytes32 indexed unit, address indexed from, address indexed to);

    /// @notice A vote took the unit out of all hands; the next to offer it is its holder.
    event CustodyReleased(bytes32 indexed unit, address indexed holder, string reason);

    /// @notice The registry must be a contract, the administrator an account.
    error ZeroAddress();
    /// @notice The account does not speak for the partner now.
    error NotSubmitter(address partner, address submitter);
    /// @notice A call must name a unit at least.
    error NoUnits();
    /// @notice Goods are handed to another registered partner.
    error InvalidRecipient(address to);
    /// @notice An offer must be open for a time.
    error DeadlinePassed(uint64 deadline);
    /// @notice Another partner holds the unit.
    error NotHolder(bytes32 unit, address holder);
    /// @notice The unit is on offer already; wait for the answer or the deadline, or take the offer back.
    error OfferPending(bytes32 unit, address to, uint64 deadline);
    /// @notice Nothing of that unit is on offer to the partner: never offered, answered, taken back, or to another.
    error NoOffer(bytes32 unit);
    /// @notice The answer came too late; ask for a new offer.
    error OfferExpired(bytes32 unit, uint64 deadline);
    /// @notice A refusal says why.
    error EmptyReason();
    /// @notice Nobody holds the unit.
    error NoHolder(bytes32 unit);

    /// @notice Ties the contract to one registry for good and makes one account administrator and arbiter.
    /// @param registry_ Who may speak for whom.
    /// @param admin The timelock, or a deployer that hands over to it.
    constructor(PartnerRegistry registry_, address admin) {
        if (address(registry_).code.length == 0 || admin == address(0)) revert ZeroAddress();
        _registry = registry_;
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(ARBITER_ROLE, admin);
    }

    /// @notice Offers units to another partner. Who first offers a unit that nobody holds is its holder.
    /// @param partner The holder; the caller speaks for it now.
    /// @param to The recipient, a registered partner.
    /// @param deadline Last second at which the offer can be answered.
    /// @param units Hashes of the units.
    function offer(address partner, address to, uint64 deadline, bytes32[] calldata units) external {
        _checkCall(partner, units.length);
        if (to == partner || !_registry.isPartner(to)) revert InvalidRecipient(to);
        if (deadline < block.timestamp) revert DeadlinePassed(deadline);
        for (uint256 i = 0; i < units.length; ++i) {
            bytes32 unit = units[i];
            Offer storage entry = _offers[unit];
            if (entry.to != address(0) && block.timestamp <= entry.deadline) {
                revert OfferPending(unit, entry.to, entry.deadline);
            }
            address holder = _holders[unit];
            if (holder == address(0)) _holders[unit] = partner;
            else if (holder != partner) revert NotHolder(unit, holder);
            (entry.to, entry.deadline) = (to, deadline);
            emit CustodyOffered(unit, partner, to, deadline);
        }
    }

    /// @notice Takes units that were offered.
    /// @param partner The recipient; the caller speaks for it now.
    /// @param units Hashes of the units.
    function accept(address partner, bytes32[] calldata units) external {
        _checkCall(partner, units.length);
        for (uint256 i = 0; i < units.length; ++i) {
            bytes32 unit = units[i];
            _answer(unit, partner);
            address from = _holders[unit];
            _holders[unit] = partner;
            emit CustodyAccepted(unit, from, partner);
        }
    }

    /// @notice Refuses units that were offered.
    /// @param partner The recipient; the caller speaks for it now.
    /// @param units Hashes of the units.
    /// @param reason Why; the same for all of them.
    function reject(address partner, bytes32[] calldata units, string calldata reason) external {
        _checkCall(partner, units.length);
        if (bytes(reason).length == 0) revert EmptyReason();
        for (uint256 i = 0; i < units.length; ++i) {
            bytes32 unit = units[i];
            _answer(unit, partner);
            emit CustodyRejected(unit, _holders[unit], partner, reason);
        }
    }

    /// @notice Takes offers back that were not answered yet.
    /// @param partner The holder; the caller speaks for it now.
    /// @param units Hashes of the units.
    function withdraw(address partner, bytes32[] calldata units) external {
        _checkCall(partner, units.length);
        for (uint256 i = 0; i < units.length; ++i) {
            bytes32 unit = units[i];
            address holder = _holders[unit];
            if (holder != partner) revert NotHolder(unit, holder);
            address to = _offers[unit].to;
            if (to == address(0)) revert NoOffer(unit);
            delete _offers[unit];
            emit CustodyWithdrawn(unit, partner, to);
        }
    }

    /// @notice Takes a unit out of all hands, so that its true holder can offer it.
    /// @param unit Hash of the unit.
    /// @param reason What was found.
    function release(bytes32 unit, string calldata reason) external onlyRole(ARBITER_ROLE) {
        address holder = _holders[unit];
        if (holder == address(0)) revert NoHolder(unit);
        if (bytes(reason).length == 0) revert EmptyReason();
        delete _holders[unit];
        delete _offers[unit];
        emit CustodyReleased(unit, holder, reason);
    }

    /// @notice The registry that says who may speak for whom.
    /// @return Its address.
    function registry() external view returns (PartnerRegistry) {
        return _registry;
    }

    /// @notice Who holds a unit now.
    /// @param unit Its hash.
    /// @return The partner; zero when nobody ever offered it.
    function holderOf(bytes32 unit) external view returns (address) {
        return _holders[unit];
    }

    /// @notice The last offer of a unit that was neither answered nor taken back.
    /// @param unit Its hash.
    /// @return to The recipient; zero when there is none.
    /// @return deadline Last second at which it can be answered; in the past when the offer has expired.
    function offerOf(bytes32 unit) external view returns (address to, uint64 deadline) {
        Offer storage entry = _offers[unit];
        return (entry.to, entry.deadline);
    }

    /// @dev Closes the offer that a recipient answers.
    function _answer(bytes32 unit, address partner) private {
        Offer storage entry = _offers[unit];
        if (entry.to != partner) revert NoOffer(unit);
        if (block.timestamp > entry.deadline) revert OfferExpired(unit, entry.deadline);
        delete _offers[unit];
    }

    function _checkCall(address partner, uint256 count) private view {
        if (count == 0) revert NoUnits();
        if (!_registry.isSubmitter(partner, msg.sender, uint64(block.timestamp))) {
            revert NotSubmitter(partner, msg.sender);
        }
    }
}
