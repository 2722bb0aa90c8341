using System.Text;
using Idp.Domain.Documents.Flow;
using Idp.Infrastructure.Documents.Flow;

namespace Idp.Unit.Documents.Flow;

public sealed class MailReaderTests
{
    private const string Head = "From: Ann <ann@example.com>\r\nTo: bob@example.com\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nDate: Tue, 5 Mar 2024 09:30:00 +0100\r\nMIME-Version: 1.0\r\n";

    [Fact]
    public void A_mail_says_who_wrote_what_to_whom_and_when() =>
        Texts(Head + "Content-Type: text/plain; charset=utf-8\r\n\r\nHello Bob\r\n").ShouldBe(
            ["Grüße", "From: \"Ann\" <ann@example.com>", "To: bob@example.com", "Subject: Grüße", "Date: Tue, 5 Mar 2024 09:30 +01:00", "Hello Bob\n"]);

    [Fact]
    public void Of_alternatives_that_say_the_same_one_is_read()
    {
        var texts = Texts(Head + Multipart("alternative", "Content-Type: text/plain\r\n\r\nThe fee is 5.00 a month", "Content-Type: text/html\r\n\r\n<p>The fee is <b>5.00</b> a month</p>"));

        texts.Skip(5).ShouldBe(["The fee is 5.00 a month"]);
    }

    [Fact]
    public void Alternatives_that_say_something_else_are_read_too() =>
        Texts(Head + Multipart("alternative", "Content-Type: text/plain\r\n\r\nOnly the plain text has the number 4471", "Content-Type: text/html\r\n\r\n<p>Please open the web page</p>")).Skip(5)
            .ShouldBe(["Please open the web page", "Only the plain text has the number 4471"]);

    [Fact]
    public void Attachments_that_say_text_follow_and_others_are_named()
    {
        var mail = Head + Multipart(
            "mixed",
            "Content-Type: text/plain\r\n\r\nSee below",
            "Content-Type: text/csv; name=list.csv\r\nContent-Disposition: attachment; filename=list.csv\r\n\r\nname,amount\r\nAnn,5\r\n",
            "Content-Type: application/pdf; name=x.pdf\r\nContent-Disposition: attachment; filename=\"../../x.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=");

        var blocks = Read(mail);

        blocks.OfType<FlowHeading>().Last().Text.ShouldBe("Attachment: list.csv");
        blocks.OfType<FlowTable>().Single().Rows[1].ShouldBe(["Ann", "5"]);
        blocks[^1].ShouldBe(new FlowParagraph("[Attachment: x.pdf application/pdf, 8 bytes, is not read with the mail]"));
    }

    [Fact]
    public void A_mail_within_a_mail_is_read_down_to_a_depth()
    {
        var mail = "Subject: innermost\r\n\r\nthe end";
        for (var depth = 0; depth < 12; depth++)
        {
            mail = $"Subject: level {depth}\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n{mail}";
        }

        var texts = Texts(mail);

        texts.ShouldContain("level 7");
        texts.ShouldNotContain("innermost");
        texts[^1].ShouldContain("lies too deep to be read");
    }

    private static string Multipart(string kind, params string[] parts) =>
        $"Content-Type: multipart/{kind}; boundary=cut\r\n\r\n{string.Concat(parts.Select(static part => $"--cut\r\n{part}\r\n"))}--cut--\r\n";

    private static List<FlowBlock> Read(string mail) => [.. MailReader.Read(Encoding.UTF8.GetBytes(mail), 0)];

    private static List<string> Texts(string mail) => [.. Read(mail).SelectMany(FlowText.TextsOf)];
}
