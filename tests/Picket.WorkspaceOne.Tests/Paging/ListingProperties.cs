using CsCheck;
using Picket.WorkspaceOne.Paging;

namespace Picket.WorkspaceOne.Tests.Paging;

/// <summary>A server whose rows move, come or go between page reads: what a complete listing may claim.</summary>
public sealed class ListingProperties
{
    private enum Kind
    {
        Move,
        Insert,
        Remove,
    }

    private sealed record Event(int BeforePage, int From, int To);

    private static readonly Gen<(int Rows, int PageSize, int InFlight, Event[] Events)> Scripts = Gen.Select(
        Gen.Int[0, 60],
        Gen.Int[1, 12],
        Gen.Int[1, 5],
        Gen.Select(
            Gen.Int[0, 12],
            Gen.Int[0, 200],
            Gen.Int[0, 200],
            (page, from, to) => new Event(page, from, to)
        ).Array[0, 6]
    );

    [Fact]
    public void Moved_rows_never_make_a_complete_listing_lose_or_double_one() =>
        Scripts.Sample(script => Holds(Kind.Move, script), iter: 3000);

    [Fact]
    public void Added_rows_never_make_a_complete_listing_lose_or_double_one() =>
        Scripts.Sample(script => Holds(Kind.Insert, script), iter: 3000);

    [Fact]
    public void Removed_rows_never_make_a_complete_listing_lose_or_double_one() =>
        Scripts.Sample(script => Holds(Kind.Remove, script), iter: 3000);

    [Fact]
    public void A_quiet_server_is_always_read_completely_in_the_fewest_calls() =>
        Scripts.Sample(script =>
        {
            var (_, report) = Read(Kind.Move, (script.Rows, script.PageSize, script.InFlight, []));
            var fewest = Math.Max(1, (script.Rows + script.PageSize - 1) / script.PageSize);
            return report.Complete && report.Calls == fewest;
        });

    private static bool Holds(Kind kind, (int Rows, int PageSize, int InFlight, Event[] Events) script)
    {
        var (server, report) = Read(kind, script);
        var noDoubles = server.Received.Count == server.Received.Distinct().Count();
        var nothingLost = server.AlwaysThere.All(server.Received.Contains);
        return noDoubles && (!report.Complete || nothingLost);
    }

    private static (RestlessServer Server, ListingReport Report) Read(
        Kind kind,
        (int Rows, int PageSize, int InFlight, Event[] Events) script
    )
    {
        var server = new RestlessServer(kind, script.Rows, script.PageSize, script.Events);
        var paging = new PagingOptions
        {
            PageSize = script.PageSize,
            PagesInFlight = script.InFlight,
            MaxPages = 200,
        };
        var result = new Listing<int>(server.FetchAsync, id => id, paging).ReadAllAsync().GetAwaiter().GetResult();
        server.Received.AddRange(result.Items);
        return (server, result.Report);
    }

    private sealed class RestlessServer(Kind kind, int rows, int pageSize, Event[] events)
    {
        private readonly List<int> current = [.. Enumerable.Range(1, rows)];
        private int reads;
        private readonly int original = rows;
        private int added;

        public List<int> Received { get; } = [];

        public IEnumerable<int> AlwaysThere => current.Where(id => id <= original);

        public Task<PageRead<int>> FetchAsync(int page, CancellationToken cancellationToken)
        {
            foreach (var change in events.Where(change => change.BeforePage == reads))
            {
                Apply(change);
            }

            reads++;
            return Task.FromResult(
                new PageRead<int>([.. current.Skip(page * pageSize).Take(pageSize)], current.Count, pageSize)
            );
        }

        private void Apply(Event change)
        {
            if (kind == Kind.Insert)
            {
                current.Insert(change.To % (current.Count + 1), original + ++added);
            }
            else if (current.Count > 0)
            {
                var moved = current[change.From % current.Count];
                current.Remove(moved);
                if (kind == Kind.Move)
                {
                    current.Insert(change.To % (current.Count + 1), moved);
                }
            }
        }
    }
}
