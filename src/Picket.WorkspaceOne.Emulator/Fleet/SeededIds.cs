using System.Buffers.Binary;

namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>
/// Ids computed from the seed, and back again without a map: the first 32 bits of a uuid hold the scrambled index,
/// the rest proves that this fleet made it.
/// </summary>
internal sealed class SeededIds(ulong seed)
{
    private const int FirstDeviceId = 20_001;
    private const int DeviceIdStep = 3;
    private const int FirstUserId = 400_001;

    public Guid Uuid(ThingKind kind, int index)
    {
        var dice = new Dice(seed, (ulong)kind, index);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Scramble((uint)index ^ Mask(kind)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[4..], dice.Bits(9001));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], (uint)dice.Bits(9002));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public int? Index(ThingKind kind, Guid uuid, int count)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        var index = (int)(Unscramble(BinaryPrimitives.ReadUInt32BigEndian(bytes)) ^ Mask(kind));
        return index >= 0 && index < count && Uuid(kind, index) == uuid ? index : null;
    }

    /// <summary>Ids grow with the index but leave gaps, as on a server where devices were deleted.</summary>
    public int DeviceId(int index) =>
        FirstDeviceId + index * DeviceIdStep + new Dice(seed, (ulong)ThingKind.Device, index).Below(9003, DeviceIdStep);

    public int? DeviceIndex(int id, int count)
    {
        var index = (id - FirstDeviceId) / DeviceIdStep;
        return id >= FirstDeviceId && index < count && DeviceId(index) == id ? index : null;
    }

    public static int UserId(int index) => FirstUserId + index;

    public static int? UserIndex(int id, int count) =>
        id >= FirstUserId && id - FirstUserId < count ? id - FirstUserId : null;

    private uint Mask(ThingKind kind) => (uint)new Dice(seed, (ulong)kind, -1).Bits(0);

    // The finalizer of MurmurHash3 (public domain, A. Appleby) is a permutation of 32-bit numbers, so it has an inverse.
    private static uint Scramble(uint value)
    {
        value = (value ^ (value >> 16)) * 0x85EBCA6B;
        value = (value ^ (value >> 13)) * 0xC2B2AE35;
        return value ^ (value >> 16);
    }

    private static uint Unscramble(uint value)
    {
        value = (value ^ (value >> 16)) * 0x7ED1B41D;
        value = (value ^ (value >> 13) ^ (value >> 26)) * 0xA5CB9243;
        return value ^ (value >> 16);
    }
}

internal enum ThingKind
{
    OrganizationGroup = 1,
    Administrator = 2,
    Role = 3,
    User = 4,
    UserGroup = 5,
    Device = 6,
    SmartGroup = 7,
    Tag = 8,
    Application = 9,
    InstalledApp = 10,
    DeviceWireless = 11,
    Volatile = 12,
    Faults = 13,
    OsUpdate = 14,
    AppChange = 15,
    Leave = 16,
    Compromise = 17,
    Command = 18,
    EventSubscription = 19,
}
