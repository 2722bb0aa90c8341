using Idp.Api.Kernel.Access;
using Idp.Unit.Kernel;

namespace Idp.Unit.Api.Access;

public sealed class AccessPassesTests
{
    private const string Setting = "operator:0123456789abcdef,viewer:fedcba9876543210";

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_pass_stands_for_its_key()
    {
        var keys = AccessKeys.Parse(Setting, []);
        var passes = new AccessPasses(keys, _clock);

        foreach (var key in keys.All)
        {
            passes.Read(passes.Issue(key, PassPurpose.Session).Text, PassPurpose.Session).ShouldNotBeNull().Key.ShouldBe(key);
        }
    }

    [Theory]
    [InlineData(nameof(PassPurpose.Session), 12 * 60 * 60)]
    [InlineData(nameof(PassPurpose.Ticket), 2 * 60)]
    public void A_pass_expires_at_the_second_that_it_says(string name, int seconds)
    {
        var purpose = Enum.Parse<PassPurpose>(name);
        var passes = Passes();
        var issued = passes.Issue(Operator, purpose);

        _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        passes.Read(issued.Text, purpose).ShouldNotBeNull().ExpiresAt.ShouldBe(issued.ExpiresAt);
        _clock.Advance(issued.ExpiresAt - _clock.GetUtcNow());

        passes.Read(issued.Text, purpose).ShouldBeNull();
    }

    [Fact]
    public void A_pass_for_one_thing_is_none_for_another()
    {
        var passes = Passes();

        passes.Read(passes.Issue(Operator, PassPurpose.Ticket).Text, PassPurpose.Session).ShouldBeNull();
        passes.Read(passes.Issue(Operator, PassPurpose.Session).Text, PassPurpose.Ticket).ShouldBeNull();
    }

    [Fact]
    public void Another_node_with_the_same_key_accepts_a_pass_whatever_other_keys_it_has() => new AccessPasses(AccessKeys.Parse("admin:another key of it".Replace(' ', '-') + "," + Setting, []), _clock)
        .Read(Passes().Issue(Operator, PassPurpose.Session).Text, PassPurpose.Session).ShouldNotBeNull().Key.Name.ShouldBe(Operator.Name);

    [Fact]
    public void A_pass_ends_with_its_key() => new AccessPasses(AccessKeys.Parse("viewer:fedcba9876543210", []), _clock)
        .Read(Passes().Issue(Operator, PassPurpose.Session).Text, PassPurpose.Session).ShouldBeNull();

    [Fact]
    public void A_pass_of_nobody_is_good_nowhere() => Passes().Read(Passes().Issue(AccessKey.Local, PassPurpose.Session).Text, PassPurpose.Session).ShouldBeNull();

    [Fact]
    public void No_changed_pass_is_accepted()
    {
        var passes = Passes();
        var text = passes.Issue(Operator, PassPurpose.Session).Text;

        // The last character has bits that say nothing; those before it have none.
        for (var index = 0; index < text.Length - 1; index++)
        {
            var changed = text[..index] + (text[index] == '7' ? '8' : '7') + text[(index + 1)..];
            passes.Read(changed, PassPurpose.Session).ShouldBeNull(changed);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("9999999999")]
    [InlineData("9999999999.")]
    [InlineData("9999999999.AAAA")]
    [InlineData("9999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("99999999999999999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("9223372036854775807.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("-1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("9999999999.!!!!")]
    [InlineData("9999999999.AAAA.AAAA")]
    public void What_is_no_pass_is_none(string? text) => Passes().Read(text, PassPurpose.Session).ShouldBeNull();

    private static AccessKey Operator => AccessKeys.Parse(Setting, []).All[0];

    private AccessPasses Passes() => new(AccessKeys.Parse(Setting, []), _clock);
}
