// filename: lambda/votes.js
// SDK v2 with callbacks, as it was written in 2017.
'use strict'

var AWS = require('aws-sdk')
var dynamo = new AWS.DynamoDB.DocumentClient()

function respond(callback, statusCode, body) {
  callback(null, { statusCode: statusCode, body: JSON.stringify(body) })
}

module.exports.results = function (event, context, callback) {
  dynamo.scan({ TableName: 'Votes' }, function (err, data) {
//       ^^^^ no-scan-in-handler: Scan of `Votes` runs on each call of the Lambda handler (results): it reads the whole table.
    if (err) return respond(callback, 500, { error: err.message })
    callback(null, { statusCode: 200, body: JSON.stringify(data.Items) })
  })
}

module.exports.vote = function (event, context, callback) {
  var candidate = event.pathParameters.candidate
  dynamo.get({ TableName: 'Votes', Key: { candidate: candidate } }, function (err, data) {
    if (err) return respond(callback, 500, { error: err.message })
    var item = data.Item || { candidate: candidate, votes: 0 }
    item.votes++
    dynamo.put({ TableName: 'Votes', Item: item }, function (error) {
//         ^^^ no-unconditional-read-modify-write: The item read from `Votes` in line 22 is put back changed with no condition (vote): what another request wrote in between is lost.
      if (error) return respond(callback, 500, { error: error.message })
      respond(callback, 200, item)
    })
  })
}
