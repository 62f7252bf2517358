using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Inventory;

/// <summary>The list of devices as a file that somebody opens in a spreadsheet and hands on.</summary>
public sealed class DeviceExportTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private readonly PicketApplication picket = running.Application;
    private readonly InventorySeed seed = new(running.Application.OpenDatabase);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\";\"Open\")")]
    [InlineData("+1+1")]
    [InlineData("-2+3+cmd|' /C calc'!A0")]
    [InlineData("@SUM(1+1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("\n=1+1")]
    [InlineData("\tAnna's phone")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(1)")]
    [InlineData("  =1+1")]
    [InlineData("\u00a0=1+1")]
    [InlineData("\u200b\ufeff=1+1")]
    [InlineData("\"=1+1\"")]
    [InlineData("' =1+1")]
    public async Task A_name_that_a_spreadsheet_could_take_for_a_formula_is_made_text(string name)
    {
        await seed.SaveAsync(seed.Device(name));

        var rows = await ExportAsync($"integration={seed.Integration}");

        Assert.Equal("'" + name, rows[1][0]);
    }

    [Theory]
    [InlineData("Anna's \"phone\", the old one")]
    [InlineData("Two\r\nlines")]
    [InlineData("A1 + B2 = C3")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("电话 📱")]
    public async Task Any_other_name_is_in_the_file_as_it_is(string name)
    {
        await seed.SaveAsync(seed.Device(name));

        var rows = await ExportAsync($"integration={seed.Integration}");

        Assert.Equal(2, rows.Count);
        Assert.Equal(name, rows[1][0]);
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
    }

    [Fact]
    public async Task Every_device_is_in_the_file_once_however_many_there_are()
    {
        var devices = Enumerable.Range(0, (2 * Paging.MaxLimit) + 1).Select(i => seed.Device($"Phone {i}")).ToList();
        await seed.SaveAsync([.. devices]);

        var rows = await ExportAsync($"integration={seed.Integration}");

        Assert.Equal(devices.Select(device => device.FriendlyName), rows.Skip(1).Select(row => row[0]));
    }

    [Fact]
    public async Task Who_took_the_file_is_in_the_audit_once_with_the_filter_and_how_many()
    {
        var app = InventorySeed.App(
            picket.Service<PersonalApps>().HashOf($"com.secret.a{seed.Integration:N}"),
            hashed: true
        );
        var devices = Enumerable
            .Range(0, Paging.MaxLimit + 1)
            .Select(i => seed.Device($"Phone {i}", ownership: "E"))
            .ToList();
        await seed.SaveAsync([.. devices, app, .. devices.Select(device => InventorySeed.Held(device, app, 1))]);
        using var who = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, seed.Integration));

        var filter = $"platform=ios&search=phone&app=com.secret.a{seed.Integration:N}";
        await who.Http.GetStringAsync(new Uri($"/devices/export.csv?{filter}", UriKind.Relative), Cancel);

        await using var db = picket.OpenDatabase();
        var entries = await db.Audit.Where(entry => entry.Actor == Actor(db, who)).ToListAsync(Cancel);
        Assert.Single(entries, entry => entry.Action == "app.holders-read");
        var taken = Assert.Single(entries, entry => entry.Action == "devices.exported");
        using var told = JsonDocument.Parse(taken.After!);
        Assert.Equal(devices.Count, told.RootElement.GetProperty("Devices").GetInt32());
        var kept = told.RootElement.GetProperty("Filter");
        Assert.Equal("ios", kept.GetProperty("Platform").GetString());
        Assert.Equal($"com.secret.a{seed.Integration:N}", kept.GetProperty("App").GetString());
        Assert.DoesNotContain("phone", taken.After, StringComparison.Ordinal); // It may have been somebody's name.
        Assert.True(kept.TryGetProperty("Search", out _));
    }

    /// <summary>A field that filters and is not told would make the entry say that more was taken than was.</summary>
    [Fact]
    public async Task Every_field_that_filters_is_in_the_audit()
    {
        using var who = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        var fields = typeof(DeviceFilter)
            .GetProperties()
            .Where(field => field.Name is not (nameof(DeviceFilter.Cursor) or nameof(DeviceFilter.Limit)))
            .ToList();
        var filter = string.Join('&', fields.Select(field => $"{field.Name}={Some(field)}"));

        await who.Http.GetStringAsync(new Uri($"/devices/export.csv?{filter}", UriKind.Relative), Cancel);

        await using var db = picket.OpenDatabase();
        var taken = await db.Audit.SingleAsync(
            entry => entry.Actor == Actor(db, who) && entry.Action == "devices.exported",
            Cancel
        );
        using var told = JsonDocument.Parse(taken.After!);
        var kept = told.RootElement.GetProperty("Filter").EnumerateObject().Select(field => field.Name);
        Assert.Equal(fields.Select(field => field.Name).Order(), kept.Order());
    }

    private string Some(PropertyInfo field) =>
        (field.Name, Nullable.GetUnderlyingType(field.PropertyType)) switch
        {
            (nameof(DeviceFilter.Finding), _) => "app.stalkerware",
            (nameof(DeviceFilter.Fact), _) => "Apps",
            (_, { IsEnum: true } choice) => Enum.GetNames(choice)[^1],
            (_, { } type) when type == typeof(Guid) => $"{seed.Integration}",
            (_, { } type) when type == typeof(bool) => "true",
            _ => "some",
        };

    [Fact]
    public async Task The_file_holds_what_one_may_see_and_no_more()
    {
        var foreign = new InventorySeed(picket.OpenDatabase);
        await seed.SaveAsync(seed.Device("Ours"));
        await foreign.SaveAsync(foreign.Device("Theirs"));
        using var who = await Colleague.JoinAsync(picket, new Grant(Role.Auditor, seed.Integration));

        var all = await who.Http.GetStringAsync("/devices/export.csv", Cancel);
        var theirs = await who.Http.GetStringAsync($"/devices/export.csv?integration={foreign.Integration}", Cancel);

        Assert.Contains("Ours", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Theirs", all + theirs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_of_finding_that_does_not_exist_is_refused_and_no_empty_file_given()
    {
        using var answer = await picket.Http.GetAsync("/devices/export.csv?finding=Compromised", Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>As the audit names whoever calls with the colleague's token.</summary>
    private static string Actor(PicketDbContext db, Colleague who) =>
        AuditLog.ActorOf(db.ApiTokens.Single(token => token.Name == who.Name).Id);

    private async Task<List<List<string>>> ExportAsync(string filter)
    {
        using var answer = await picket.Http.GetAsync($"/devices/export.csv?{filter}", Cancel);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.StartsWith("\ufeff", text, StringComparison.Ordinal);
        return Parse(text[1..]);
    }

    /// <summary>As RFC 4180 reads it: cells in quotes, which may hold anything, a quote as two.</summary>
    private static List<List<string>> Parse(string text)
    {
        List<List<string>> rows =
        [
            [],
        ];
        for (var at = 0; at < text.Length; )
        {
            Assert.Equal('"', text[at++]);
            var cell = new StringBuilder();
            while (text[at] != '"' || text[at + 1] == '"')
            {
                at += text[at] == '"' ? 1 : 0;
                cell.Append(text[at++]);
            }

            rows[^1].Add(cell.ToString());
            at++; // the quote that ends it
            if (text[at] == ',')
            {
                at++;
            }
            else
            {
                Assert.Equal("\r\n", text.Substring(at, 2));
                at += 2;
                rows.Add([]);
            }
        }

        rows.RemoveAt(rows.Count - 1);
        return rows;
    }
}
