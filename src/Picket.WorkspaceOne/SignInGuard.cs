using System.Diagnostics.CodeAnalysis;

namespace Picket.WorkspaceOne;

/// <summary>
/// Keeps one credential from locking its account: until it was accepted, by each client and within the last minute, calls
/// go one at a time; afterwards fewer are under way than would lock the account if all of them were refused; after one
/// refusal none goes at all. Share
/// one guard among all clients that sign in with the same credential. Thread-safe.
/// </summary>
/// <remarks>
/// The UEM locks an account after a number of refused sign-ins in a row (console: Settings &gt; Admin &gt; Console
/// Security &gt; Passwords &gt; Maximum invalid login attempts; at most 10, trust D), and every call with a Basic
/// credential is one. A password that is changed while calls are under way refuses all of them, so only their number
/// bounds the damage. Calls with OAuth tokens count towards no lock and are not bounded.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphores hold no wait handle; clients share the guard.")]
public sealed class SignInGuard
{
    /// <summary>
    /// Where a UEM's setting is not known: hardened ones lock after 3 (2 calls in flight would be slow for everybody
    /// else), the console allows up to 10.
    /// </summary>
    public const int DefaultLockThreshold = 5;

    // Longer than the slowest answer that is waited for by default, lest a slow server is read one call at a time.
    private static readonly TimeSpan ProofLasts = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim firstTry = new(1, 1);
    private readonly SemaphoreSlim seats;
    private readonly TimeProvider time;
    private volatile SignInRefusedException? refusal;
    private long provenAt;

    /// <summary>Makes a guard for a credential of which nothing is known yet.</summary>
    /// <param name="lockThreshold">
    /// Refused sign-ins in a row that lock the account, 2 to 100; one less than it are let out at a time.
    /// </param>
    /// <param name="time">Clock; null for the system's.</param>
    public SignInGuard(int lockThreshold = DefaultLockThreshold, TimeProvider? time = null)
    {
        this.time = time ?? TimeProvider.System;
        ArgumentOutOfRangeException.ThrowIfLessThan(lockThreshold, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lockThreshold, 100);
        seats = new SemaphoreSlim(lockThreshold - 1, lockThreshold - 1);
    }

    /// <summary>The answer that refused the credential; null while there was none.</summary>
    public SignInRefusedException? Refusal => refusal;

    /// <summary>When <see cref="Refusal"/> came.</summary>
    public DateTimeOffset? RefusedAt { get; private set; }

    /// <summary>Accepted once, and not long ago. A password may have been changed over night.</summary>
    internal bool IsProven => Interlocked.Read(ref provenAt) is > 0 and var at && time.GetElapsedTime(at) < ProofLasts;

    /// <summary>Waits for the outcome of the first try, then for a seat. Dispose it when the answer was judged.</summary>
    /// <param name="countsTowardsLock">Whether a refusal of this call counts.</param>
    /// <param name="proven">Whether there is no need to try alone; asked again after the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async ValueTask<Seat> EnterAsync(
        bool countsTowardsLock,
        Func<bool> proven,
        CancellationToken cancellationToken
    )
    {
        var alone = refusal is null && !proven();
        if (alone)
        {
            await firstTry.WaitAsync(cancellationToken).ConfigureAwait(false);
            alone = refusal is null && !proven();
            if (!alone)
            {
                firstTry.Release();
            }
        }

        var held = new Seat(alone ? firstTry : null, null);
        if (!countsTowardsLock || refusal is not null)
        {
            return held;
        }

        try
        {
            await seats.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            held.Dispose();
            throw;
        }

        return new Seat(alone ? firstTry : null, seats);
    }

    internal void Accept() => Interlocked.Exchange(ref provenAt, time.GetTimestamp());

    internal void Latch(SignInRefusedException refused)
    {
        lock (seats)
        {
            RefusedAt ??= time.GetUtcNow();
            refusal ??= refused;
        }
    }

    /// <summary>The right to sign in now.</summary>
    internal readonly struct Seat(SemaphoreSlim? firstTry, SemaphoreSlim? seats) : IDisposable
    {
        public void Dispose()
        {
            firstTry?.Release();
            seats?.Release();
        }
    }
}
