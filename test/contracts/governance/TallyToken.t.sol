// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {TallyToken} from "../../../contracts/governance/TallyToken.sol";
import {House} from "../kit/House.sol";
import {Test} from "../kit/Test.sol";

contract TallyTokenTest is House {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    function test_mintsTheWholeSupplyOnce() public view {
        assertEq(token.name(), "Tally");
        assertEq(token.symbol(), "TALLY");
        assertEq(token.totalSupply(), 1000 ether);
        assertEq(token.balanceOf(bob), 300 ether);
    }

    function test_countsTimeInSeconds() public {
        vm.warp(START + 77);
        assertEq(uint256(token.clock()), START + 77);
        assertEq(token.CLOCK_MODE(), "mode=timestamp");
    }

    function test_refusesNoHolders() public {
        vm.expectRevert(abi.encodeWithSelector(TallyToken.NoHolders.selector));
        new TallyToken(new address[](0), new uint256[](0));
    }

    function test_refusesListsOfDifferentLength() public {
        vm.expectRevert(abi.encodeWithSelector(TallyToken.LengthMismatch.selector, 1, 2));
        new TallyToken(new address[](1), new uint256[](2));
    }

    function test_refusesAHolderOfNothing() public {
        address[] memory holders = new address[](1);
        holders[0] = alice;
        vm.expectRevert(abi.encodeWithSelector(TallyToken.ZeroAmount.selector, alice));
        new TallyToken(holders, new uint256[](1));
    }

    function test_refusesTheZeroHolder() public {
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = 1;
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        new TallyToken(new address[](1), amounts);
    }

    function test_keepsVotesOfThePast() public {
        vm.prank(alice);
        token.transfer(bob, 500 ether);
        vm.warp(START + 2 hours);
        assertEq(token.getPastVotes(alice, START + 30 minutes), 500 ether);
        assertEq(token.getVotes(alice), 0);
        assertEq(token.getVotes(bob), 800 ether);
        assertEq(token.getPastTotalSupply(START + 30 minutes), 1000 ether);
    }

    function test_keepsDelegatesAndBalancesOfThePast() public {
        vm.prank(alice);
        token.delegate(bob);
        vm.prank(alice);
        token.transfer(carol, 100 ether);
        vm.warp(START + 2 hours);
        assertEq(token.getPastDelegate(alice, START + 30 minutes), alice);
        assertEq(token.getPastDelegate(alice, START + 1 hours), bob);
        assertEq(token.getPastBalanceOf(alice, START + 30 minutes), 500 ether);
        assertEq(token.getPastBalanceOf(alice, START + 1 hours), 400 ether);
    }

    function test_permitsBySignatureOnce() public {
        uint256 deadline = START + 1 days;
        bytes32 structHash = keccak256(abi.encode(PERMIT, alice, bob, 5 ether, token.nonces(alice), deadline));
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf("alice"), digest);
        token.permit(alice, bob, 5 ether, deadline, v, r, s);
        assertEq(token.allowance(alice, bob), 5 ether);
        assertEq(token.nonces(alice), 1);
        vm.expectRevert();
        token.permit(alice, bob, 5 ether, deadline, v, r, s);
    }

    function test_refusesALatePermit() public {
        vm.expectRevert(abi.encodeWithSelector(ERC20Permit.ERC2612ExpiredSignature.selector, START));
        token.permit(alice, bob, 1, START, 27, 0, 0);
    }

    function testFuzz_movesVotesWithTokens(uint256 amount, bool delegated) public {
        amount = bound(amount, 0, 500 ether);
        address dave = account("dave");
        if (delegated) delegateToSelf(dave);
        vm.prank(alice);
        token.transfer(dave, amount);
        assertEq(token.getVotes(alice), 500 ether - amount);
        assertEq(token.getVotes(dave), delegated ? amount : 0);
    }
}

/// @dev Members that transfer and delegate at random.
contract Members is Test {
    TallyToken private immutable _token;
    address[] public members;

    constructor(TallyToken token, address[] memory members_) {
        _token = token;
        members = members_;
    }

    function transfer(uint256 from, uint256 to, uint256 amount) external {
        address sender = members[from % members.length];
        amount = bound(amount, 0, _token.balanceOf(sender));
        vm.prank(sender);
        _token.transfer(members[to % members.length], amount);
    }

    function delegate(uint256 from, uint256 to) external {
        vm.prank(members[from % members.length]);
        _token.delegate(to % 5 == 4 ? address(0) : members[to % members.length]);
    }
}

contract TallyTokenInvariants is House {
    Members private handler;
    address[] private everyone;

    function setUp() public override {
        super.setUp();
        everyone = [alice, bob, carol, account("dave")];
        handler = new Members(token, everyone);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_supplyIsFixed() public view {
        uint256 held = 0;
        for (uint256 i = 0; i < everyone.length; ++i) held += token.balanceOf(everyone[i]);
        assertEq(held, 1000 ether);
        assertEq(token.totalSupply(), 1000 ether);
    }

    function invariant_votesAreTheTokensDelegated() public view {
        uint256 votes = 0;
        uint256 delegated = 0;
        for (uint256 i = 0; i < everyone.length; ++i) {
            votes += token.getVotes(everyone[i]);
            if (token.delegates(everyone[i]) != address(0)) delegated += token.balanceOf(everyone[i]);
        }
        assertEq(votes, delegated);
    }
}
