// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {TallyGovernor} from "../../../contracts/governance/TallyGovernor.sol";
import {TallyToken} from "../../../contracts/governance/TallyToken.sol";
import {Custody} from "../../../contracts/ledger/Custody.sol";
import {ForecastLedger} from "../../../contracts/ledger/ForecastLedger.sol";
import {RecallNotice} from "../../../contracts/ledger/RecallNotice.sol";
import {TraceAnchor} from "../../../contracts/ledger/TraceAnchor.sol";
import {ModelRegistry} from "../../../contracts/registry/ModelRegistry.sol";
import {PartnerRegistry} from "../../../contracts/registry/PartnerRegistry.sol";
import {Test} from "./Test.sol";

/// @dev The whole house as it is deployed: this test is the deployer and keeps nothing.
abstract contract House is Test {
    uint48 internal constant VOTING_DELAY = 1 hours;
    uint32 internal constant VOTING_PERIOD = 3 days;
    uint48 internal constant LATE_EXTENSION = 1 days;
    uint256 internal constant TIMELOCK_DELAY = 2 days;
    uint48 internal constant GUARDIAN_SUNSET = uint48(START + 365 days);
    uint256 internal constant THRESHOLD = 10 ether;
    bytes32 internal constant FAMILY = keccak256("demand");

    struct Proposal {
        address[] targets;
        uint256[] values;
        bytes[] calls;
        string description;
    }

    TallyToken internal token;
    TimelockController internal timelock;
    TallyGovernor internal governor;
    ModelRegistry internal models;
    PartnerRegistry internal partners;
    TraceAnchor internal anchors;
    ForecastLedger internal forecasts;
    Custody internal custody;
    RecallNotice internal recalls;

    address internal alice = account("alice");
    address internal bob = account("bob");
    address internal carol = account("carol");
    address internal guardian = account("guardian");
    address internal proposer = account("proposer");
    address internal committer = account("committer");
    bytes32 internal genesis;

    function setUp() public virtual {
        vm.warp(START);
        deploy();
        fill();
        handOver();
        delegateToSelf(alice);
        delegateToSelf(bob);
        delegateToSelf(carol);
        vm.warp(START + 1 hours);
    }

    function deploy() private {
        address[] memory holders = new address[](3);
        (holders[0], holders[1], holders[2]) = (alice, bob, carol);
        uint256[] memory amounts = new uint256[](3);
        (amounts[0], amounts[1], amounts[2]) = (500 ether, 300 ether, 200 ether);
        token = new TallyToken(holders, amounts);
        address[] memory proposers = new address[](1);
        proposers[0] = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        timelock = new TimelockController(TIMELOCK_DELAY, proposers, new address[](1), address(0));
        governor = new TallyGovernor(
            token,
            timelock,
            VOTING_DELAY,
            VOTING_PERIOD,
            THRESHOLD,
            40,
            LATE_EXTENSION,
            guardian,
            GUARDIAN_SUNSET
        );
        models = new ModelRegistry(address(this));
        partners = new PartnerRegistry(address(this));
        anchors = new TraceAnchor(partners);
        forecasts = new ForecastLedger(address(this));
        custody = new Custody(partners, address(this));
        recalls = new RecallNotice(partners);
    }

    function fill() private {
        models.grantRole(models.PROPOSER_ROLE(), address(this));
        models.registerFamily("demand");
        genesis = models.proposeVersion(FAMILY, keccak256("genesis"), keccak256("report"), 0, 0, "");
        models.activate(genesis);
    }

    function handOver() private {
        models.grantRole(models.GUARDIAN_ROLE(), guardian);
        models.grantRole(models.PROPOSER_ROLE(), proposer);
        forecasts.grantRole(forecasts.COMMITTER_ROLE(), committer);
        partners.grantRole(partners.REGISTRAR_ROLE(), address(timelock));
        models.grantRole(0, address(timelock));
        partners.grantRole(0, address(timelock));
        forecasts.grantRole(0, address(timelock));
        custody.grantRole(custody.ARBITER_ROLE(), address(timelock));
        custody.grantRole(0, address(timelock));
        models.renounceRole(models.PROPOSER_ROLE(), address(this));
        partners.renounceRole(partners.REGISTRAR_ROLE(), address(this));
        models.renounceRole(0, address(this));
        partners.renounceRole(0, address(this));
        forecasts.renounceRole(0, address(this));
        custody.renounceRole(custody.ARBITER_ROLE(), address(this));
        custody.renounceRole(0, address(this));
    }

    function delegateToSelf(address member) internal {
        vm.prank(member);
        token.delegate(member);
    }

    function proposeVersion(string memory artifact) internal returns (bytes32) {
        vm.prank(proposer);
        return models.proposeVersion(FAMILY, keccak256(bytes(artifact)), keccak256("report"), 0, 1, "ipfs://artifact");
    }

    function proposalTo(address target, bytes memory call) internal pure returns (Proposal memory proposal) {
        proposal.targets = new address[](1);
        proposal.targets[0] = target;
        proposal.values = new uint256[](1);
        proposal.calls = new bytes[](1);
        proposal.calls[0] = call;
        proposal.description = "as proposed";
    }

    function activationOf(bytes32 versionId) internal view returns (Proposal memory) {
        return proposalTo(address(models), abi.encodeCall(ModelRegistry.activate, (versionId)));
    }

    function idOf(Proposal memory proposal) internal view returns (uint256) {
        return
            governor.getProposalId(
                proposal.targets,
                proposal.values,
                proposal.calls,
                keccak256(bytes(proposal.description))
            );
    }

    function propose(address member, Proposal memory proposal) internal returns (uint256) {
        vm.prank(member);
        return governor.propose(proposal.targets, proposal.values, proposal.calls, proposal.description);
    }

    /// @dev Goes to the first second at which votes are taken.
    function openVoting(uint256 id) internal {
        vm.warp(governor.proposalSnapshot(id) + 1);
    }

    /// @dev Goes to the first second at which the result stands.
    function closeVoting(uint256 id) internal {
        vm.warp(governor.proposalDeadline(id) + 1);
    }

    function vote(address member, uint256 id, uint8 support) internal {
        vm.prank(member);
        governor.castVote(id, support);
    }

    function queue(Proposal memory proposal) internal {
        governor.queue(proposal.targets, proposal.values, proposal.calls, keccak256(bytes(proposal.description)));
    }

    function execute(Proposal memory proposal) internal {
        governor.execute(proposal.targets, proposal.values, proposal.calls, keccak256(bytes(proposal.description)));
    }

    /// @dev Proposes, votes for, queues, waits and executes.
    function pass(Proposal memory proposal) internal {
        uint256 id = propose(alice, proposal);
        openVoting(id);
        vote(alice, id, 1);
        closeVoting(id);
        queue(proposal);
        vm.warp(governor.proposalEta(id));
        execute(proposal);
    }

    /// @dev A proposal that nobody else calls the same.
    function pass(address target, bytes memory call) internal {
        Proposal memory proposal = proposalTo(target, call);
        proposal.description = string.concat("at ", string(abi.encodePacked(vm.getBlockTimestamp())));
        pass(proposal);
    }
}
