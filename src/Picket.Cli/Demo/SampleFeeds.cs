using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Picket.Cli.Demo;

/// <summary>
/// The sample feeds know all releases of the emulator's world: there they are of today. As files they age, and Picket
/// does not take the word of an old feed that a device is up to date.
/// </summary>
internal static partial class SampleFeeds
{
    /// <summary>
    /// The file, checked on the given day if it says when it was checked; records of Android's bulletins, modified then.
    /// </summary>
    public static byte[] CheckedOn(byte[] file, DateTimeOffset day)
    {
        var text = Encoding.UTF8.GetString(file);
        var today = day.UtcDateTime.ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(WhenChecked().Replace(text, today));
    }

    [GeneratedRegex(@"(?<=""LastCheck"": ""|""id"": ""ASB-A-\d+"", ""modified"": "")[^""]*")]
    private static partial Regex WhenChecked();
}
