using System.Diagnostics.CodeAnalysis;

namespace Picket.WorkspaceOne;

/// <summary>
/// Keeps one credential from locking its account: until it was accepted once, calls go one at a time; afterwards fewer
/// are under way than would lock the account if all of them were refused; after one refusal none goes at all. Share
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

    private readonly SemaphoreSlim firstTry = new(1, 1);
    private readonly SemaphoreSlim seats;
    private volatile SignInRefusedException? refusal;
    private volatile bool proven;

    /// <summary>Makes a guard for a credential of which nothing is known yet.</summary>
    /// <param name="lockThreshold">
    /// Refused sign-ins in a row that lock the account, 2 to 100; one less than it are let out at a time.
    /// </param>
    public SignInGuard(int lockThreshold = DefaultLockThreshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lockThreshold, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lockThreshold, 100);
        seats = new SemaphoreSlim(lockThreshold - 1, lockThreshold - 1);
    }

    /// <summary>The answer that refused the credential; null while there was none.</summary>
    public SignInRefusedException? Refusal => refusal;

    /// <summary>Waits for the outcome of the first try, then for a seat. Dispose it when the answer was judged.</summary>
    internal async ValueTask<Seat> EnterAsync(bool countsTowardsLock, CancellationToken cancellationToken)
    {
        if (!proven && refusal is null)
        {
            await firstTry.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!proven && refusal is null)
            {
                return new Seat(firstTry);
            }

            firstTry.Release();
        }

        if (!countsTowardsLock || refusal is not null)
        {
            return default;
        }

        await seats.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Seat(seats);
    }

    internal void Accept() => proven = true;

    internal void Latch(SignInRefusedException refused) => Interlocked.CompareExchange(ref refusal, refused, null);

    /// <summary>The right to sign in now.</summary>
    internal readonly struct Seat(SemaphoreSlim? held) : IDisposable
    {
        public void Dispose() => held?.Release();
    }
}
