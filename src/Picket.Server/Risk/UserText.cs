using static Picket.Server.Console.Texts;

namespace Picket.Server.Risk;

/// <summary>What stands where nothing is told to a device's user.</summary>
internal static class UserText
{
    public static string Silence =>
        T("Nothing: whoever watches the device may read what its user is sent. Talk to the user in person.");
}
