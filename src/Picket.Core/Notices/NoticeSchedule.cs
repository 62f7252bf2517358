namespace Picket.Core.Notices;

/// <summary>When something is tried again, and when the next digest comes.</summary>
public static class NoticeSchedule
{
    // Waits after each try that failed. Of webhooks together 71 hours and 36 minutes.
    private static readonly TimeSpan[] Webhook =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(20),
    ];

    // An answer that was lost may mean that the mail was taken: so only a few.
    private static readonly TimeSpan[] Mail =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
    ];

    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(6);

    /// <param name="tries">How often it was tried, the one that just failed included.</param>
    /// <param name="asked">How long the other side asked to be left alone.</param>
    /// <returns>How long to wait; null when it is given up.</returns>
    public static TimeSpan? WaitAfter(bool isMail, int tries, TimeSpan? asked = null)
    {
        var waits = isMail ? Mail : Webhook;
        if (tries < 1 || tries > waits.Length)
        {
            return null;
        }

        var wait = waits[tries - 1];
        return asked is not { } longer || longer <= wait ? wait
            : longer < LongestAsked ? longer
            : LongestAsked > wait ? LongestAsked
            : wait;
    }

    /// <summary>The next time after now at which it is that hour in UTC.</summary>
    public static DateTimeOffset NextDigest(DateTimeOffset now, int hour)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date.AddHours(hour), TimeSpan.Zero);
        return today > now ? today : today.AddDays(1);
    }
}
