using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Idp.Api.Kernel.Access;

namespace Idp.Unit.Api.Access;

public sealed class AccessKeysTests
{
    private const string Key = "0123456789abcdef";
    private const string Other = "fedcba9876543210";

    [Fact]
    public void Without_a_setting_there_are_no_keys() => Parse("  ").AreSet.ShouldBeFalse();

    [Fact]
    public void Each_key_has_its_role()
    {
        var keys = Parse($"admin:{Key}-a, operator:{Key}-o ,Viewer:{Key}-v");

        keys.Find($"{Key}-a").ShouldNotBeNull().Role.ShouldBe(Role.Admin);
        keys.Find($"{Key}-o").ShouldNotBeNull().Role.ShouldBe(Role.Operator);
        keys.Find($"{Key}-v").ShouldNotBeNull().Role.ShouldBe(Role.Viewer);
    }

    [Fact]
    public void A_key_may_have_colons_in_it() => Parse("admin:abc:def:ghi:jkl:mno").Find("abc:def:ghi:jkl:mno").ShouldNotBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789abcdef0")]
    [InlineData("0123456789ABCDEF")]
    [InlineData("admin:0123456789abcdef")]
    public void Anything_but_the_very_key_is_none(string sent) => Parse($"admin:{Key}").Find(sent).ShouldBeNull();

    [Fact]
    public void A_key_is_named_by_its_role_and_a_fingerprint_that_gives_nothing_away()
    {
        var name = Parse($"operator:{Key}").All[0].Name;

        name.ShouldMatch("^operator [0-9a-f]{4}$");
        name.ShouldBe(Parse($"viewer:{Other},operator:{Key}").All[1].Name);
        name.ShouldNotBe(Parse($"operator:{Other}").All[0].Name);
    }

    [Theory]
    [InlineData(Key, "does not have the form role:key")]
    [InlineData("root:" + Key, "does not have the form role:key")]
    [InlineData("2:" + Key, "does not have the form role:key")]
    [InlineData(",", "does not have the form role:key")]
    [InlineData("admin:short", "fewer than 16 characters")]
    [InlineData("admin:", "fewer than 16 characters")]
    [InlineData("admin@acme:" + Key, "names a tenant")]
    [InlineData("admin:0123456789 abcdef", "printable ASCII")]
    [InlineData("admin:0123456789äbcdef", "printable ASCII")]
    [InlineData("admin:" + Key + ",viewer:" + Key, "stands before it already")]
    public void What_cannot_be_used_is_refused_without_being_shown(string setting, string expected)
    {
        var faults = new List<string>();

        AccessKeys.Parse(setting, faults);

        faults.ShouldContain(fault => fault.Contains(expected, StringComparison.Ordinal));
        faults.ShouldAllBe(fault => !fault.Contains("abc", StringComparison.Ordinal) && !fault.Contains("bcdef", StringComparison.Ordinal) && !fault.Contains("acme", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fault_names_its_entry()
    {
        var faults = new List<string>();

        AccessKeys.Parse($"admin:short,viewer:{Key},nothing", faults);

        faults.Select(fault => fault[..fault.IndexOf(" of ", StringComparison.Ordinal)]).ShouldBe(["AUTH__KEYS, entry 1", "AUTH__KEYS, entry 3"]);
    }

    [Fact]
    public void More_than_a_hundred_keys_are_refused()
    {
        var faults = new List<string>();

        AccessKeys.Parse(string.Join(',', Enumerable.Range(0, 101).Select(number => string.Create(CultureInfo.InvariantCulture, $"viewer:{Key}{number}"))), faults);

        faults.ShouldHaveSingleItem().ShouldContain("at most 100");
    }

    [Fact]
    public void No_text_makes_parsing_fail_or_finds_a_key_that_is_not_there() => Prop.ForAll<string, string>((setting, sent) =>
    {
        var faults = new List<string>();
        var keys = AccessKeys.Parse(setting ?? string.Empty, faults);
        var found = keys.Find(sent ?? string.Empty);

        (found is null || (setting ?? string.Empty).Contains(sent ?? string.Empty, StringComparison.Ordinal)).ShouldBeTrue();
        (keys.AreSet || faults.Count > 0 || string.IsNullOrWhiteSpace(setting)).ShouldBeTrue();
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("GET", nameof(Role.Viewer))]
    [InlineData("HEAD", nameof(Role.Viewer))]
    [InlineData("OPTIONS", nameof(Role.Viewer))]
    [InlineData("POST", nameof(Role.Operator))]
    [InlineData("PUT", nameof(Role.Operator))]
    [InlineData("PATCH", nameof(Role.Operator))]
    [InlineData("DELETE", nameof(Role.Operator))]
    [InlineData("ANYTHING", nameof(Role.Operator))]
    public void Who_may_only_look_may_not_change(string method, string role) => AccessServices.RoleFor(method).ToString().ShouldBe(role);

    private static AccessKeys Parse(string setting)
    {
        var faults = new List<string>();
        var keys = AccessKeys.Parse(setting, faults);
        faults.ShouldBeEmpty();
        return keys;
    }
}
