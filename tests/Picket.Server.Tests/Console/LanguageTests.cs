using System.Net;
using Picket.Api;
using Picket.Server.Console;
using Picket.Server.Tests.Inventory;

namespace Picket.Server.Tests.Console;

/// <summary>The console speaks the browser's language, as far as there is a translation. Programs are answered in English.</summary>
public sealed class LanguageTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "en")]
    [InlineData("en-GB, en;q=0.9", "en")]
    [InlineData("xx, yy-ZZ;q=0.9", "en")]
    [InlineData("not a language at all; q=much", "en")]
    [InlineData("qps-ploc", Texts.Pseudo)]
    [InlineData("qps-ploc-AT, en;q=0.5", Texts.Pseudo)]
    [InlineData("xx, qps-ploc;q=0.9, en;q=0.8", Texts.Pseudo)]
    public async Task A_page_is_in_the_first_of_the_browsers_languages_that_there_is(string? accepted, string language)
    {
        var page = await TextAsync("/sign-in", accepted);

        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(language == Texts.Pseudo, page.Contains('⟦'));
    }

    [Theory]
    [InlineData("/status/418", "This did not work")]
    [InlineData("/failed", "This page failed")]
    public async Task So_is_the_page_of_a_failure(string address, string title) =>
        Assert.Contains($"<h1>⟦{title}⟧</h1>", await TextAsync(address, Texts.Pseudo), StringComparison.Ordinal);

    [Theory]
    [InlineData(Routes.Devices)]
    [InlineData(Routes.Devices + "?limit=0")]
    [InlineData(Routes.Overview)]
    [InlineData(Routes.FindingKinds)]
    [InlineData(Routes.People)]
    [InlineData(Routes.Audit)]
    [InlineData("/api/v1/no-such-thing")]
    public async Task Programs_are_told_in_english(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Language", Texts.Pseudo);
        using var answer = await running.Application.Http.SendAsync(request, Cancel);

        Assert.DoesNotContain("⟦", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task<string> TextAsync(string path, string? accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        if (accepted is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        }

        using var http = running.Application.NewHttp();
        using var answer = await http.SendAsync(request, Cancel);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }
}
