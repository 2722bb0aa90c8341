using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.FileSystem;

namespace Idp.Unit.Kernel;

public sealed class BlobKeyTests
{
    private static readonly BlobPaths Paths = new("/srv/idp-root-that-is-not-there");

    private static readonly Gen<string> Segments = Gen.Elements("abcXYZ019._-".ToCharArray()).NonEmptyListOf()
        .Select(characters => new string([.. characters]))
        .Where(segment => segment is not ("." or ".."));

    private static readonly Arbitrary<string> Keys = Segments.NonEmptyListOf()
        .Select(segments => string.Join('/', segments))
        .Where(key => key.Length <= 512)
        .ToArbitrary();

    [Fact]
    public void Segments_of_allowed_characters_make_a_key() => Prop.ForAll(Keys, text =>
        BlobKey.Of(text).Value == text).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a\\..\\b")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("~temporary/x")]
    [InlineData("größe")]
    [InlineData("C:/x")]
    [InlineData("a%2f..%2fb")]
    public void Anything_else_is_refused(string text) => Should.Throw<ArgumentException>(() => BlobKey.Of(text));

    [Fact]
    public void A_key_that_is_too_long_is_refused()
    {
        Should.Throw<ArgumentException>(() => BlobKey.Of(new string('x', 513)));
        BlobKey.Of(new string('x', 512)).Value.Length.ShouldBe(512);
    }

    [Fact]
    public void Whatever_text_is_taken_as_a_key_stays_below_the_root() => Prop.ForAll(
        Gen.Elements("ab./\\~\0".ToCharArray()).ListOf().Select(characters => new string([.. characters])).ToArbitrary(), text =>
        {
            try
            {
                return Path.GetFullPath(Paths.PathOf(BlobKey.Of(text))).StartsWith(Paths.Root + "/", StringComparison.Ordinal);
            }
            catch (ArgumentException)
            {
                // Refused: a text that is no key leads nowhere at all.
                return true;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_path_leads_back_to_its_key() => Prop.ForAll(Keys, text =>
        Paths.KeyOf(Paths.PathOf(BlobKey.Of(text))) == BlobKey.Of(text)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_name_in_a_path_is_longer_than_file_systems_allow() => Paths.PathOf(BlobKey.Of(new string('x', 512)))
        .Split('/').ShouldAllBe(name => name.Length <= 255);

    [Fact]
    public void A_foreign_file_has_no_key() => Paths.KeyOf(Path.Combine(Paths.Root, "notes of mine.txt")).ShouldBeNull();
}
