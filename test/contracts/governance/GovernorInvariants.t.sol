// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TallyGovernor} from "../../../contracts/governance/TallyGovernor.sol";
import {TallyToken} from "../../../contracts/governance/TallyToken.sol";
import {ModelRegistry} from "../../../contracts/registry/ModelRegistry.sol";
import {House} from "../kit/House.sol";
import {Test} from "../kit/Test.sol";

/// @dev Members that vote, override, transfer and delegate at random while a proposal is open, and some that try to
/// reach its effect by another way.
contract Voters is Test {
    TallyToken private immutable _token;
    TallyGovernor private immutable _governor;
    ModelRegistry private immutable _models;
    address private immutable _guardian;
    uint256 private immutable _proposalId;
    bytes32 private immutable _version;
    address[] private _members;

    /// @dev What each member has put into the vote: of its own tokens once, and as a delegate of others'.
    mapping(address member => uint256) public own;
    mapping(address delegate => uint256) public delegated;
    uint256 public calls;

    constructor(
        TallyGovernor governor,
        ModelRegistry models,
        address guardian,
        uint256 proposalId,
        bytes32 version,
        address[] memory members
    ) {
        (_governor, _models, _guardian) = (governor, models, guardian);
        _token = TallyToken(address(governor.token()));
        (_proposalId, _version, _members) = (proposalId, version, members);
    }

    function vote(uint256 from, uint8 support) external {
        ++calls;
        address member = _members[from % _members.length];
        bool again = _governor.hasVoted(_proposalId, member);
        vm.prank(member);
        try _governor.castVote(_proposalId, support % 3) returns (uint256 weight) {
            assertTrue(!again, "nobody votes twice");
            delegated[member] = weight;
        } catch {
            assertTrue(again, "a first vote is taken");
        }
    }

    function overrule(uint256 from, uint8 support) external {
        ++calls;
        address member = _members[from % _members.length];
        bool again = _governor.hasVotedOverride(_proposalId, member);
        vm.prank(member);
        try _governor.castOverrideVote(_proposalId, support % 3, "") returns (uint256 weight) {
            assertTrue(!again, "nobody overrides twice");
            own[member] = weight;
            address delegate_ = _token.getPastDelegate(member, _governor.proposalSnapshot(_proposalId));
            if (_governor.hasVoted(_proposalId, delegate_)) delegated[delegate_] -= weight;
        } catch {
            assertTrue(again, "a first override is taken");
        }
    }

    function transfer(uint256 from, uint256 to, uint256 amount) external {
        ++calls;
        address sender = _members[from % _members.length];
        amount = bound(amount, 0, _token.balanceOf(sender));
        vm.prank(sender);
        _token.transfer(_members[to % _members.length], amount);
    }

    function delegate(uint256 from, uint256 to) external {
        ++calls;
        vm.prank(_members[from % _members.length]);
        _token.delegate(_members[to % _members.length]);
    }

    /// @dev Neither the guardian nor a member activates without the vote.
    function activate(uint256 from) external {
        ++calls;
        address caller = from % 5 == 0 ? _guardian : _members[from % _members.length];
        expectMissingRole(caller, 0);
        vm.prank(caller);
        _models.activate(_version);
    }

    function counted() external view returns (uint256 sum) {
        for (uint256 i = 0; i < _members.length; ++i) sum += own[_members[i]] + delegated[_members[i]];
    }
}

/// @dev Run at length by `npx hardhat test solidity --test-profile long`: 3,200 runs of 32 calls.
contract TallyGovernorInvariants is House {
    Voters private handler;
    uint256 private id;

    function setUp() public override {
        super.setUp();
        vm.prank(carol);
        token.delegate(bob);
        vm.warp(START + 2 hours);
        bytes32 version = proposeVersion("next");
        id = propose(alice, activationOf(version));
        openVoting(id);
        address[] memory members = new address[](4);
        (members[0], members[1], members[2], members[3]) = (alice, bob, carol, account("dave"));
        handler = new Voters(governor, models, guardian, id, version, members);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_votesCountedAreAtMostTheVotesAtTheSnapshot() public view {
        (uint256 against, uint256 inFavour, uint256 abstained) = governor.proposalVotes(id);
        uint256 counted = against + inFavour + abstained;
        assertEq(counted, handler.counted());
        assertAtMost(counted, token.getPastTotalSupply(governor.proposalSnapshot(id)));
    }

    function invariant_nothingRunsBeforeTheTimelockLetsIt() public view {
        assertEq(models.activeVersion(FAMILY), genesis);
    }
}
