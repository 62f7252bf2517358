using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Tests.Facts;

namespace Picket.WorkspaceOne.Emulator.Tests.Clients;

/// <summary>Clients in other languages, written as people write them, run unchanged.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task A_Python_script_reads_the_fleet_and_tags_devices()
    {
        await using var visitor = await Visitor.ComeAsync();
        var output = await Shell.RunAsync(visitor.Host, "python3", Shell.Script("read_and_tag.py"));
        using var found = JsonDocument.Parse(output);
        var root = found.RootElement;
        Assert.Equal("AirWatch Platform Service", root.GetProperty("product").GetString());
        Assert.Equal(60, root.GetProperty("devices").GetInt32());
        Assert.Equal(3, root.GetProperty("accepted").GetInt32());
        Assert.Equal(3, root.GetProperty("carriers").GetInt32());
        Assert.Equal(404, root.GetProperty("missing").GetInt32());
        Assert.Equal(404, root.GetProperty("error").GetInt32());
    }

    /// <summary>The first call of the documentation, word for word.</summary>
    [Fact]
    public async Task Curl_makes_the_first_call_of_the_documentation()
    {
        await using var visitor = await Visitor.ComeAsync();
        var output = await Shell.RunAsync(
            visitor.Host,
            "sh",
            "-c",
            """
            curl --silent --show-error --fail --cacert "$UEM_CA" --user "$UEM_USER:$UEM_PASSWORD" \
              --header "aw-tenant-code: $UEM_KEY" --header "Accept: application/json;version=2" \
              "$UEM_ADDRESS/mdm/devices/search?pagesize=2"
            """
        );
        using var page = JsonDocument.Parse(output);
        Assert.Equal(2, page.RootElement.GetProperty("Devices").GetArrayLength());
    }

    /// <summary>
    /// PowerShell writes property names as the script spells them, numbers for enums, and often numbers as text; on GET
    /// it sends no Accept header, or a wildcard with a JSON content type.
    /// </summary>
    [Fact]
    public async Task Bodies_are_read_as_PowerShell_writes_them()
    {
        await using var visitor = await Visitor.ComeAsync();
        var group = visitor.Host.Groups.Customer.Id;
        var made = await visitor.ReadAsync(
            "POST",
            "mdm/tags/addtag",
            new Dictionary<string, object>
            {
                ["tagname"] = "Shell",
                ["TAGTYPE"] = 1,
                ["locationgroupid"] = $"{group}",
            }
        );
        var user = await visitor.ReadAsync(
            "POST",
            "system/users/adduser",
            new Dictionary<string, object>
            {
                ["username"] = "shell.user",
                ["FIRSTNAME"] = "Shell",
                ["lastname"] = "User",
                ["email"] = "shell.user@example.com",
                ["password"] = "Long-enough-1",
                ["securityType"] = 2,
                ["status"] = "true",
            }
        );
        Assert.True(made.GetProperty("Value").GetInt32() > 0);
        var row = await visitor.ReadAsync($"system/users/{user.GetProperty("Value").GetInt32()}");
        Assert.Equal(2, row.GetProperty("SecurityType").GetInt32());
        Assert.True(row.GetProperty("Status").GetBoolean());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("text/html, application/xml;q=0.9, */*;q=0.8")]
    public async Task Answers_in_json_unless_xml_is_insisted_on(string? accept)
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = visitor.Request("system/info");
        request.Headers.Remove("Accept");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await visitor.SendAsync(request);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Refuses_xml_with_406_and_says_what_to_send()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = visitor.Request("system/info");
        request.Headers.Remove("Accept");
        request.Headers.TryAddWithoutValidation("Accept", "application/xml");
        using var response = await visitor.SendAsync(request);
        Assert.Equal(406, (int)response.StatusCode);
        Assert.Contains(
            "Accept: application/json",
            (await Visitor.BodyAsync(response)).GetProperty("message").GetString()
        );

        using var body = visitor.Request("mdm/tags/addtag", 1, HttpMethod.Post);
        body.Content = new StringContent("<Tag/>", Encoding.UTF8, MediaTypeHeaderValue.Parse("application/xml"));
        using var refused = await visitor.SendAsync(body);
        Assert.Equal(406, (int)refused.StatusCode);
        Assert.Contains(
            "Content-Type: application/json",
            (await Visitor.BodyAsync(refused)).GetProperty("message").GetString()
        );
    }

    [Theory]
    [InlineData("GET", "mdm/products/search")]
    [InlineData("GET", "mcm/content/search")]
    [InlineData("POST", "mem/anything/at/all")]
    [InlineData("PATCH", "system/info")]
    public async Task Says_in_the_API_s_form_what_is_not_emulated(string method, string path)
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.SendAsync(method, path);
        Assert.Equal(501, (int)response.StatusCode);
        Assert.Equal(501, (await Visitor.BodyAsync(response)).GetProperty("errorCode").GetInt32());
    }
}
