namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>Real hardware with its real identifiers, so that device-specific release data can be matched.</summary>
internal static class ModelCatalogue
{
    private const string Apple = "Apple Inc.";

    public static readonly DeviceModel[] Iphones =
    [
        new(101, "iPhone 8 (64 GB Space Gray)", "iPhone10,1", Apple, 11, 16),
        new(102, "iPhone X (256 GB Silver)", "iPhone10,6", Apple, 11, 16),
        new(103, "iPhone XR (64 GB Black)", "iPhone11,8", Apple, 12, 18),
        new(104, "iPhone 11 (128 GB White)", "iPhone12,1", Apple, 13, 26),
        new(105, "iPhone SE (2nd generation) (64 GB Black)", "iPhone12,8", Apple, 13, 26),
        new(106, "iPhone 12 (128 GB Blue)", "iPhone13,2", Apple, 14, 26),
        new(107, "iPhone 13 Pro (256 GB Graphite)", "iPhone14,2", Apple, 15, 26),
        new(108, "iPhone 13 (128 GB Midnight)", "iPhone14,5", Apple, 15, 26),
        new(109, "iPhone SE (3rd generation) (64 GB Midnight)", "iPhone14,6", Apple, 15, 26),
        new(110, "iPhone 14 (128 GB Starlight)", "iPhone14,7", Apple, 16, 26),
        new(111, "iPhone 14 Pro (256 GB Space Black)", "iPhone15,2", Apple, 16, 26),
        new(112, "iPhone 15 (128 GB Black)", "iPhone15,4", Apple, 17, 26),
        new(113, "iPhone 15 Pro (256 GB Natural Titanium)", "iPhone16,1", Apple, 17, 26),
        new(114, "iPhone 16 (128 GB Teal)", "iPhone17,3", Apple, 18, 26),
        new(115, "iPhone 16e (128 GB White)", "iPhone17,5", Apple, 18, 26),
        new(116, "iPhone 17 (256 GB Black)", "iPhone18,3", Apple, 26, 26),
    ];

    public static readonly DeviceModel[] Ipads =
    [
        new(201, "iPad Pro with Wi-Fi (10.5-inch) (64 GB Space Gray)", "iPad7,3", Apple, 10, 17, false),
        new(202, "iPad (6th generation) (32 GB Space Gray)", "iPad7,5", Apple, 11, 17, false),
        new(203, "iPad (8th generation) with Wi-Fi + Cellular (32 GB Silver)", "iPad11,7", Apple, 14, 26),
        new(204, "iPad (9th generation) (64 GB Space Gray)", "iPad12,1", Apple, 15, 26, false),
        new(205, "iPad Air (5th generation) with Wi-Fi + Cellular (256 GB Blue)", "iPad13,17", Apple, 15, 26),
        new(206, "iPad (10th generation) (64 GB Silver)", "iPad13,18", Apple, 16, 26, false),
        new(207, "iPad Pro (11-inch) (4th generation) (128 GB Silver)", "iPad14,3", Apple, 16, 26, false),
        new(208, "iPad (A16) (128 GB Blue)", "iPad15,7", Apple, 18, 26, false),
    ];

    public static readonly DeviceModel[] Androids =
    [
        new(301, "samsung SM-A526B", "SM-A526B", "samsung", 11, 14),
        new(302, "samsung SM-G981B", "SM-G981B", "samsung", 10, 13),
        new(303, "samsung SM-G991B", "SM-G991B", "samsung", 11, 15),
        new(304, "samsung SM-A546B", "SM-A546B", "samsung", 13, 16),
        new(305, "samsung SM-S911B", "SM-S911B", "samsung", 13, 16),
        new(306, "samsung SM-S921B", "SM-S921B", "samsung", 14, 16),
        new(307, "samsung SM-S931B", "SM-S931B", "samsung", 15, 16),
        new(308, "samsung SM-G736B", "SM-G736B", "samsung", 12, 16),
        new(309, "samsung SM-X306B", "SM-X306B", "samsung", 14, 16),
        new(310, "Google Pixel 5", "Pixel 5", "Google", 11, 14),
        new(311, "Google Pixel 6a", "Pixel 6a", "Google", 12, 16),
        new(312, "Google Pixel 7", "Pixel 7", "Google", 13, 16),
        new(313, "Google Pixel 8", "Pixel 8", "Google", 14, 16),
        new(314, "Google Pixel 9", "Pixel 9", "Google", 14, 16),
        new(315, "Zebra Technologies TC52", "TC52", "Zebra Technologies", 8, 13),
        new(316, "motorola moto g54 5G", "moto g54 5G", "motorola", 13, 14),
    ];

    public static readonly DeviceModel[] Windows =
    [
        new(401, "Latitude 5440", "Latitude 5440", "Dell Inc.", 10, 11, false),
        new(402, "ThinkPad T14 Gen 4", "21HD", "LENOVO", 10, 11, false),
        new(403, "EliteBook 840 G10", "EliteBook 840 G10", "HP", 10, 11, false),
    ];

    public static readonly DeviceModel[] Macs =
    [
        new(501, "MacBook Air (M1, 2020)", "MacBookAir10,1", Apple, 11, 26, false),
        new(502, "MacBook Pro (14-inch, 2023)", "Mac15,3", Apple, 14, 26, false),
        new(503, "MacBook Pro (13-inch, 2019)", "MacBookPro15,2", Apple, 10, 14, false),
    ];

    public static DeviceModel[] Of(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Ios => Iphones,
            DevicePlatform.Ipados => Ipads,
            DevicePlatform.Android => Androids,
            DevicePlatform.Windows => Windows,
            _ => Macs,
        };
}
