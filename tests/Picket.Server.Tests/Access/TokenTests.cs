using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Picket.Api;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Access;

public sealed class TokenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_good_until_it_expires_and_refused_afterwards()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(new() { Time = time });
        var made = await picket.Client.CreateTokenAsync(new CreateToken("a day", TokenScope.Read, 1), Cancel);
        using var http = picket.NewHttp(made.Secret);

        time.Advance(TimeSpan.FromHours(23));
        using var before = await http.GetAsync(Routes.Devices, Cancel);
        time.Advance(TimeSpan.FromHours(2));
        using var after = await http.GetAsync(Routes.Devices, Cancel);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        var problem = await after.Content.ReadFromJsonAsync(PicketApiJson.Default.Problem, Cancel);
        Assert.Contains("expired", problem!.Detail);
        Assert.False(string.IsNullOrEmpty(problem.Next));
    }

    [Fact]
    public async Task The_data_folder_holds_of_each_token_a_hash_and_not_the_token()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.Client.CreateTokenAsync(new CreateToken("a service", TokenScope.Read, 1), Cancel);
        using var http = picket.NewHttp(made.Secret);
        using var used = await http.GetAsync(Routes.Devices, Cancel);
        await picket.StopServerAsync();

        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        foreach (var token in new[] { made.Secret, picket.OwnerToken })
        {
            var secret = Encoding.UTF8.GetBytes(token.Split('_', 3)[2]);
            Assert.Contains(
                FilesWith(picket, SHA256.HashData(secret)),
                file => file.StartsWith("picket.db", StringComparison.Ordinal)
            );
            Assert.Empty(FilesWith(picket, secret));
            Assert.Empty(FilesWith(picket, Base64Url.DecodeFromUtf8(secret)));
        }
    }

    private static IEnumerable<string> FilesWith(PicketApplication picket, byte[] bytes) =>
        new DirectoryInfo(picket.DataFolder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Name != PicketProcess.TokenFile) // the fixture's own
            .Where(file => File.ReadAllBytes(file.FullName).AsSpan().IndexOf(bytes) >= 0)
            .Select(file => file.Name);
}
