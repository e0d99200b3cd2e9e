/// The program that `spark-submit` runs: it describes files, or runs our queries on them.
///
/// It knows nothing of bills: the queries are `BillSQL`'s, in a JSON file next to it, and what they
/// answer goes into CSV files there. Nothing of a file's name is ever part of SQL.
enum SparkDriver {
  static let program = #"""
    import csv, decimal, json, os, sys
    from pyspark.sql import SparkSession

    folder = sys.argv[1]
    with open(os.path.join(folder, "jobs.json"), encoding="utf-8") as file:
        jobs = json.load(file)
    session = (
        SparkSession.builder.appName("plimsoll import")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")


    def text(value):
        if value is None:
            return ""
        return format(value, "f") if isinstance(value, decimal.Decimal) else str(value)


    def write(job, name, rows):
        path = os.path.join(folder, str(job["number"]), name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([text(value) for value in row] for row in rows)


    def files(data):
        """Name, length and time of change of every file behind a data set."""
        jvm = session.sparkContext._jvm
        settings = session.sparkContext._jsc.hadoopConfiguration()
        for name in sorted(data.inputFiles()):
            path = jvm.org.apache.hadoop.fs.Path(jvm.java.net.URI(name))
            status = path.getFileSystem(settings).getFileStatus(path)
            yield name, status.getLen(), status.getModificationTime()


    for job in jobs:
        try:
            data = session.read.parquet(job["path"])
            if "results" not in job:
                write(job, "columns.csv", data.dtypes)
                write(job, "files.csv", files(data))
                continue
            data.createOrReplaceTempView("bill_file")
            table = session.sql(job["table"]["query"]).persist()
            table.createOrReplaceTempView(job["table"]["name"])
            for result in job["results"]:
                write(job, result["name"] + ".csv", session.sql(result["query"]).toLocalIterator())
            table.unpersist()
        except Exception as error:
            write(job, "error.csv", [[str(error).strip().splitlines()[0]]])
    session.stop()

    """#
}
