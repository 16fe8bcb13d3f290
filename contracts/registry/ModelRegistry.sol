// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

/// @title Which model may speak for each family
/// @notice A family is a question (demand, lead time ...); a version is one artifact that answers it. Proposing a
/// version changes nothing; the vote activates it, and the guardian may only undo the latest activation.
contract ModelRegistry is AccessControl {
    /// @notice May put versions forward.
    bytes32 public constant PROPOSER_ROLE = keccak256("PROPOSER_ROLE");

    /// @notice May undo the latest activation of a family, nothing else.
    bytes32 public constant GUARDIAN_ROLE = keccak256("GUARDIAN_ROLE");

    /// @notice What is known of a version.
    struct Version {
        bytes32 family;
        bytes32 artifactSha256;
        bytes32 reportSha256;
        bytes32 dataRoot;
        uint64 dataBlock;
        address proposer;
    }

    struct Active {
        bytes32 current;
        bytes32 previous;
    }

    mapping(bytes32 family => string) private _names;
    mapping(bytes32 versionId => Version) private _versions;
    mapping(bytes32 family => Active) private _active;

    /// @notice A family was opened.
    event FamilyRegistered(bytes32 indexed family, string name);

    /// @notice A version was put forward; it is not in use.
    event VersionProposed(
        bytes32 indexed family,
        bytes32 indexed versionId,
        address indexed proposer,
        bytes32 artifactSha256,
        bytes32 reportSha256,
        bytes32 dataRoot,
        uint64 dataBlock,
        string uri
    );

    /// @notice A version came into use in place of `previousVersionId` (zero when it is the first).
    event VersionActivated(
        bytes32 indexed family,
        bytes32 indexed versionId,
        bytes32 indexed previousVersionId,
        bytes32 artifactSha256
    );

    /// @notice The guardian undid an activation; `artifactSha256` is that of the version now in use.
    event VersionRolledBack(
        bytes32 indexed family,
        bytes32 indexed fromVersionId,
        bytes32 indexed toVersionId,
        bytes32 artifactSha256,
        address guardian
    );

    /// @notice The administrator must be an account.
    error ZeroAdmin();
    /// @notice A family needs a name.
    error EmptyName();
    /// @notice The family is there already.
    error FamilyExists(bytes32 family);
    /// @notice No such family.
    error UnknownFamily(bytes32 family);
    /// @notice A version needs the SHA-256 of its artifact and of its report.
    error ZeroHash();
    /// @notice This artifact was already put forward for this family.
    error VersionExists(bytes32 versionId);
    /// @notice No such version.
    error UnknownVersion(bytes32 versionId);
    /// @notice The version is in use already.
    error AlreadyActive(bytes32 versionId);
    /// @notice The family has no earlier active version to return to.
    error NothingToRollBack(bytes32 family);

    /// @notice Makes one account the administrator.
    /// @param admin The timelock, or a deployer that hands over to it.
    constructor(address admin) {
        if (admin == address(0)) revert ZeroAdmin();
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
    }

    /// @notice Opens a family.
    /// @param name Its name; the family's id is `keccak256(bytes(name))`.
    function registerFamily(string calldata name) external onlyRole(DEFAULT_ADMIN_ROLE) {
        if (bytes(name).length == 0) revert EmptyName();
        bytes32 family = keccak256(bytes(name));
        if (bytes(_names[family]).length != 0) revert FamilyExists(family);
        _names[family] = name;
        emit FamilyRegistered(family, name);
    }

    /// @notice Puts a version forward.
    /// @param family The family it answers for.
    /// @param artifactSha256 SHA-256 of the artifact file.
    /// @param reportSha256 SHA-256 of its evaluation report.
    /// @param dataRoot Merkle root of the data it was fitted on; zero when it was fitted on none.
    /// @param dataBlock Last block whose data it has seen.
    /// @param uri Where the artifact may be fetched; the hash decides, not the place.
    /// @return versionId `keccak256(abi.encode(family, artifactSha256))`.
    function proposeVersion(
        bytes32 family,
        bytes32 artifactSha256,
        bytes32 reportSha256,
        bytes32 dataRoot,
        uint64 dataBlock,
        string calldata uri
    ) external onlyRole(PROPOSER_ROLE) returns (bytes32 versionId) {
        if (bytes(_names[family]).length == 0) revert UnknownFamily(family);
        if (artifactSha256 == 0 || reportSha256 == 0) revert ZeroHash();
        versionId = keccak256(abi.encode(family, artifactSha256));
        if (_versions[versionId].family != 0) revert VersionExists(versionId);
        _versions[versionId] = Version(family, artifactSha256, reportSha256, dataRoot, dataBlock, msg.sender);
        emit VersionProposed(
            family,
            versionId,
            msg.sender,
            artifactSha256,
            reportSha256,
            dataRoot,
            dataBlock,
            uri
        );
    }

    /// @notice Brings a version into use.
    /// @param versionId A version put forward earlier.
    function activate(bytes32 versionId) external onlyRole(DEFAULT_ADMIN_ROLE) {
        Version storage chosen = _versions[versionId];
        bytes32 family = chosen.family;
        if (family == 0) revert UnknownVersion(versionId);
        Active storage active = _active[family];
        bytes32 previous = active.current;
        if (previous == versionId) revert AlreadyActive(versionId);
        active.current = versionId;
        active.previous = previous;
        emit VersionActivated(family, versionId, previous, chosen.artifactSha256);
    }

    /// @notice Undoes the latest activation of a family. It cannot be repeated until a vote activates again.
    /// @param family The family.
    function rollback(bytes32 family) external onlyRole(GUARDIAN_ROLE) {
        Active storage active = _active[family];
        bytes32 target = active.previous;
        if (target == 0) revert NothingToRollBack(family);
        bytes32 from = active.current;
        active.current = target;
        active.previous = 0;
        emit VersionRolledBack(family, from, target, _versions[target].artifactSha256, msg.sender);
    }

    /// @notice The version in use.
    /// @param family The family.
    /// @return Its id, zero when there is none.
    function activeVersion(bytes32 family) external view returns (bytes32) {
        return _active[family].current;
    }

    /// @notice The version that a rollback would return to.
    /// @param family The family.
    /// @return Its id, zero when there is none.
    function previousVersion(bytes32 family) external view returns (bytes32) {
        return _active[family].previous;
    }

    /// @notice What is known of a version.
    /// @param versionId The version.
    /// @return The record; an unknown version gives {UnknownVersion}.
    function version(bytes32 versionId) external view returns (Version memory) {
        if (_versions[versionId].family == 0) revert UnknownVersion(versionId);
        return _versions[versionId];
    }

    /// @notice The family of a version.
    /// @param versionId The version.
    /// @return Its family, zero when the version is unknown.
    function familyOf(bytes32 versionId) external view returns (bytes32) {
        return _versions[versionId].family;
    }

    /// @notice The name of a family.
    /// @param family The family.
    /// @return The name, empty when the family is unknown.
    function familyName(bytes32 family) external view returns (string memory) {
        return _names[family];
    }
}
