# The answers of R's survey package to cases in a JSON file: Rscript survey.R CASES ANSWERS
# A case names a CSV, its design, calibration, estimates and groups; an answer has a row per estimate and group.
suppressMessages({library(survey); library(jsonlite)})

formula_of <- function(names) if (length(names)) reformulate(sprintf("`%s`", names)) else ~1

drawn <- function(case, rows) {
  weight <- if (is.null(case$weight)) ~`.one` else formula_of(case$weight)
  strata <- if (length(case$strata)) formula_of(case$strata) else NULL
  sizes <- if (length(case$sizes)) formula_of(case$sizes) else NULL
  design <- svydesign(id = formula_of(case$clusters), strata = strata, weights = weight, fpc = sizes, nest = TRUE, data = rows)
  cal <- case$calibration
  if (is.null(cal)) return(design)
  if (cal$how == "rake") {
    margins <- lapply(names(cal$margins), function(name) formula_of(name))
    totals <- lapply(names(cal$margins), function(name) {
      found <- data.frame(names(cal$margins[[name]]), unlist(cal$margins[[name]]))
      setNames(found, c(name, "Freq"))
    })
    return(rake(design, margins, totals, control = list(maxit = 500, epsilon = 1e-11)))
  }
  bounds <- if (is.null(cal$bounds)) c(-Inf, Inf) else unlist(cal$bounds)
  terms <- c(names(cal$margins), names(cal$totals))
  model <- as.formula(paste("~", paste(sprintf("`%s`", terms), collapse = "+")))
  wanted <- colnames(model.matrix(model, rows))
  population <- sapply(wanted, function(name) {
    if (name == "(Intercept)") return(cal$total)
    if (name %in% names(cal$totals)) return(cal$totals[[name]])
    for (margin in names(cal$margins)) for (category in names(cal$margins[[margin]]))
      if (gsub("`", "", name) == paste0(margin, category)) return(cal$margins[[margin]][[category]])
    stop("no total for ", name)
  })
  calibrate(design, model, population, calfun = cal$how, bounds = bounds, maxit = 500, epsilon = 1e-11)
}

answered <- function(item, design) {
  if (item$kind == "quantile") {
    found <- svyquantile(formula_of(item$column), design, unlist(item$p), na.rm = TRUE, interval.type = item$interval,
                         qrule = item$rule)
    return(list(est = unname(coef(found)), se = unname(SE(found)), low = unname(found[[1]][, "ci.2.5"]),
                high = unname(found[[1]][, "ci.97.5"])))
  }
  found <- switch(item$kind,
    mean = svymean(formula_of(item$column), design, na.rm = TRUE, deff = "replace"),
    total = svytotal(formula_of(item$column), design, na.rm = TRUE),
    ratio = svyratio(formula_of(item$column), formula_of(item$denominator), design, na.rm = TRUE))
  list(est = unname(c(coef(found))), se = unname(c(SE(found))), df = degf(design),
       deff = if (item$kind == "mean") unname(c(deff(found))) else NULL)
}

warned <- character()
listening <- function(expression) withCallingHandlers(expression, warning = function(w) {
  warned <<- c(warned, conditionMessage(w))
  invokeRestart("muffleWarning")
})

asked <- function(case) {
  rows <- read.csv(case$file)
  rows$.one <- 1
  for (name in unlist(case$factors)) rows[[name]] <- factor(rows[[name]])
  options(survey.lonely.psu = if (is.null(case$lonely)) "fail" else case$lonely)
  warned <<- character()
  tryCatch({
    design <- listening(drawn(case, rows))
    if (any(grepl("converge", warned))) stop(warned[1])
    found <- list(weights = if (is.null(case$calibration)) NULL else unname(weights(design)))
    found$rows <- unlist(lapply(case$domains, function(domain) {
      part <- if (is.null(domain$column)) design else subset(design, rows[[domain$column]] %in% domain$value)
      lapply(case$items, function(item) tryCatch(answered(item, part), error = function(e) list(error = conditionMessage(e))))
    }), recursive = FALSE)
    found
  }, error = function(e) list(error = conditionMessage(e)))
}

arguments <- commandArgs(TRUE)
cases <- fromJSON(arguments[1], simplifyVector = FALSE)
answers <- listening(lapply(cases, asked))
versions <- list(r = R.version.string, survey = as.character(packageVersion("survey")))
write_json(list(versions = versions, answers = answers), arguments[2], digits = I(15), auto_unbox = TRUE, null = "null",
           na = "null", pretty = FALSE)
