// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {ModelRegistry} from "../../../contracts/registry/ModelRegistry.sol";
import {Ballots} from "../kit/Ballots.sol";
import {PlainGovernor, PlainToken} from "../kit/PlainGovernor.sol";

/// @dev The life of a proposal, here and on the composition most DAOs start from, each transaction as a whole.
/// hardhat-config: isolate = true
contract GovernorGasTest is Ballots {
    string private constant OURS = "TallyGovernor";
    string private constant PLAIN = "PlainGovernor";
    /// @dev As in apps/cli, apps/web and libs/governance.
    uint256 private constant LATE_VOTE_GAS = 60_000;

    PlainToken private plainToken;
    PlainGovernor private plain;

    function setUp() public override {
        super.setUp();
        address[] memory holders = new address[](3);
        (holders[0], holders[1], holders[2]) = (alice, bob, carol);
        uint256[] memory amounts = new uint256[](3);
        (amounts[0], amounts[1], amounts[2]) = (500 ether, 300 ether, 200 ether);
        plainToken = new PlainToken(holders, amounts);
        address[] memory proposers = new address[](1);
        proposers[0] = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        TimelockController own = new TimelockController(TIMELOCK_DELAY, proposers, new address[](1), address(0));
        plain = new PlainGovernor(plainToken, own, VOTING_DELAY, VOTING_PERIOD, THRESHOLD, 40);
        vm.prank(address(timelock));
        models.grantRole(0, address(own));
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(holders[i]);
            plainToken.delegate(holders[i]);
        }
        vm.warp(START + 2 hours);
    }

    function test_delegates() public {
        vm.prank(carol);
        plainToken.delegate(bob);
        vm.snapshotGasLastCall(PLAIN, "delegate");
        vm.prank(carol);
        token.delegate(bob);
        vm.snapshotGasLastCall(OURS, "delegate");
        vm.prank(bob);
        plainToken.transfer(alice, 1 ether);
        vm.snapshotGasLastCall(PLAIN, "transfer between members");
        vm.prank(bob);
        token.transfer(alice, 1 ether);
        vm.snapshotGasLastCall(OURS, "transfer between members");
    }

    function test_runsAProposal() public {
        run(PLAIN, plain, plainProposal());
        run(OURS, governor, activationOf(proposeVersion("next")));
    }

    function test_overrides() public {
        uint256 id = propose(alice, activationOf(proposeVersion("next")));
        openVoting(id);
        vm.prank(bob);
        governor.castOverrideVote(id, 0, "");
        vm.snapshotGasLastCall(OURS, "castOverrideVote");
    }

    /// @dev What a wallet estimates a moment before the last hours begin is too little in them; apps add LATE_VOTE_GAS.
    function test_votesInTheLastHoursWithTheGasThatAppsAdd() public {
        uint256 id = propose(alice, activationOf(proposeVersion("next")));
        openVoting(id);
        uint256 snapshot = vm.snapshotState();
        uint256 early = gasOfVote(carol, id);
        vm.revertToState(snapshot);
        vm.warp(governor.proposalDeadline(id) - 1);
        uint256 late = gasOfVote(carol, id);
        vm.snapshotValue(OURS, "castVote, in the last hours, more", late - early);
        vm.revertToState(snapshot);
        early = gasOfVote(alice, id);
        vm.revertToState(snapshot);
        vm.warp(governor.proposalDeadline(id) - 1);
        late = gasOfVote(alice, id);
        vm.snapshotValue(OURS, "castVote, in the last hours, keeping it open, more", late - early);
        require(governor.proposalDeadline(id) > block.timestamp + 1, "it was kept open");
        require(late - early < LATE_VOTE_GAS, "apps add enough");
    }

    function gasOfVote(address voter, uint256 id) private returns (uint256) {
        vm.prank(voter);
        governor.castVote(id, 1);
        return vm.lastCallGas().gasTotalUsed;
    }

    /// @dev A call that passes on both: a family is registered.
    function plainProposal() private view returns (Proposal memory) {
        return proposalTo(address(models), abi.encodeCall(ModelRegistry.registerFamily, ("lateness")));
    }

    function run(string memory group, IGovernor target, Proposal memory proposal) private {
        bytes32 described = keccak256(bytes(proposal.description));
        vm.prank(alice);
        uint256 id = target.propose(proposal.targets, proposal.values, proposal.calls, proposal.description);
        vm.snapshotGasLastCall(group, "propose");
        vm.warp(target.proposalSnapshot(id) + 1);
        vm.prank(bob);
        target.castVote(id, 1);
        vm.snapshotGasLastCall(group, "castVote, below quorum");
        vm.prank(alice);
        target.castVote(id, 1);
        vm.snapshotGasLastCall(group, "castVote, reaching quorum");
        bytes memory signature = signedBallot(address(target), id, 0, carol, "carol");
        target.castVoteBySig(id, 0, carol, signature);
        vm.snapshotGasLastCall(group, "castVoteBySig, after quorum");
        vm.warp(target.proposalDeadline(id) + 1);
        target.queue(proposal.targets, proposal.values, proposal.calls, described);
        vm.snapshotGasLastCall(group, "queue");
        vm.warp(target.proposalEta(id));
        target.execute(proposal.targets, proposal.values, proposal.calls, described);
        vm.snapshotGasLastCall(group, "execute");
    }
}
