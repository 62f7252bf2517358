using CsCheck;
using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

/// <summary>Of several integrations over one device at most one writes, and all of them know which.</summary>
public sealed class DeviceOwnerTests
{
    private static readonly Guid[] Integrations =
    [
        .. Enumerable.Range(1, 4).Select(number => new Guid(number, 0, 0, new byte[8])),
    ];

    [Fact]
    public void The_nearest_one_owns_it_and_nobody_where_they_cannot_be_told_apart() =>
        Gen.Select(Gen.Int[-1, 3].Array[1, 4], Gen.Int)
            .Sample(
                (steps, seed) =>
                {
                    var claims = steps
                        .Select((up, at) => new DeviceClaim(Integrations[at], up < 0 ? null : up))
                        .ToList();

                    var owner = DeviceOwner.Of(claims);

                    var least = steps.Min();
                    var isTold = steps.Length == 1 || (least >= 0 && steps.Count(up => up == least) == 1);
                    Assert.Equal(isTold ? Integrations[Array.IndexOf(steps, least)] : (Guid?)null, owner);
                    new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(claims));
                    Assert.Equal(owner, DeviceOwner.Of(claims));
                }
            );
}
