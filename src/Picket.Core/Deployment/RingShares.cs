using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Picket.Core.Deployment;

/// <summary>
/// Which share of the fleet a device is in, for smart groups that Picket fills itself. The same device is in the same
/// share of a publication for ever, and in another one of the next publication: nobody is always first.
/// </summary>
public static class RingShares
{
    /// <summary>Places that there are; a share of one percent is a hundred of them.</summary>
    public const int Places = 10_000;

    /// <summary>From 0 to <see cref="Places"/>, as good as evenly spread.</summary>
    public static int PlaceOf(Guid publication, Guid device)
    {
        Span<byte> both = stackalloc byte[32];
        publication.TryWriteBytes(both, bigEndian: true, out _);
        device.TryWriteBytes(both[16..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(both, hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % Places);
    }

    /// <summary>The share that a device is in, from 0; null: in none of them.</summary>
    /// <param name="publication">Whose shares.</param>
    /// <param name="device">Unique id of the device.</param>
    /// <param name="shares">Each 0 to 1, together at most 1, in the order of the rings.</param>
    public static int? ShareOf(Guid publication, Guid device, IReadOnlyList<double> shares)
    {
        var place = PlaceOf(publication, device);
        var upTo = 0.0;
        for (var share = 0; share < shares.Count; share++)
        {
            upTo += shares[share];
            if (place < Math.Round(upTo * Places))
            {
                return share;
            }
        }

        return null;
    }
}
