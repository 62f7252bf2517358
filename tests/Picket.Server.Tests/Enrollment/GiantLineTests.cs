using System.Text;
using Picket.Api;

namespace Picket.Server.Tests.Enrollment;

/// <summary>Counts what the whole process allocates, so nothing else runs meanwhile.</summary>
[Collection(Alone.Name)]
public sealed class GiantLineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData('x', false)]
    [InlineData(',', false)]
    [InlineData('x', true)]
    public async Task A_line_of_ten_megabytes_takes_no_memory_and_is_refused(char letter, bool quoted)
    {
        await using var scene = await ImportScene.StartAsync(read: false);
        var line = new string(letter, 10 * 1024 * 1024);
        var file = Encoding.UTF8.GetBytes($"user_name,first_name\r\na,b\r\n{(quoted ? "\"" : "")}{line}\r\nc,d\r\n");
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var refused = await Assert.ThrowsAsync<PicketApiException>(() => scene.CheckAsync(ImportKind.Users, file));

        Assert.Equal(422, (int)refused.Status);
        Assert.Contains("Line 3", refused.Problem.Detail);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 40 * 1024 * 1024);
    }
}
